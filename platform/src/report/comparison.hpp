#pragma once

#include "experiment/run_summary.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace saddle {

// Of the last values of a series in the counted runs of a group that have one.
struct GroupValue {
  std::size_t count;
  double mean, deviation;  // the standard deviation with n - 1; NaN of fewer than two
  bool flagged;            // some of them carry flags
};

// Runs whose specs differ in nothing that their values depend on but the seed.
struct RunGroup {
  // What tells it from the others: paths in the spec and values; none where there is one group.
  std::vector<std::pair<std::string, std::string>> settings;
  std::vector<std::size_t> runs;
  // Those whose values are put together: that came to their end, or where none did, that go on or
  // were interrupted.
  std::vector<std::size_t> counted;
  std::vector<GroupValue> values;  // one for each series
};

// Runs side by side.
struct Comparison {
  std::vector<std::string> files;
  std::vector<RunSummary> runs;
  std::vector<LastValue> series;  // names and units, without what says how far they are trusted
  std::vector<RunGroup> groups;   // in the order in which their first runs come
};

// Compares the last values of the metrics of runs, or of the losses where there are no metrics; of
// `series` alone where it names some. Specs are compared without name, seed, threads and what is
// logged how often; what follows from another difference, as the options of a plugin that only some
// runs have and have alike, is not told. Throws DataError for a file that is no run, SpecError for
// a run that is given twice and for a series that none has.
Comparison compare_runs(const std::vector<std::string>& files,
                        const std::vector<std::string>& series);

}  // namespace saddle
