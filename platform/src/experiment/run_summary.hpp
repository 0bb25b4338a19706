#pragma once

#include "io/hdf5.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace saddle {

// What a series of a table holds in its last committed record.
struct LastValue {
  std::string name;  // below its table
  double value;
  std::string unit, definition;  // "" where it has none
};
// Of every series of a table of so many rows, groups below it included. Scales of dimensions stand
// among the series and hold nothing.
std::vector<LastValue> last_values(const hdf5::Group& table, std::size_t rows);

// Whether a series says how far another of `names` can be trusted: "forward-error" of "forward".
bool is_beside(const std::string& name, const std::vector<std::string>& names);

// Whether a process of this machine has the folder of a run file; nothing where that is not known.
// To be asked before the file is read: a run that ends in between has then said how.
std::optional<bool> is_written(const std::string& file);
// How the run of a file ended, by the name of its last event; where that does not say, "running" or
// "killed", by whether it was being written. Only the whole folder of a run tells that, not a copy
// of its file.
std::string run_state(const std::string& last_event, const std::string& file,
                      std::optional<bool> written);

// What comparisons of runs start from.
struct RunSummary {
  std::string name;
  std::uint64_t seed;
  std::string state;
  std::int64_t step;              // the last committed one; -1 before the first
  std::string spec;               // resolved
  std::vector<LastValue> values;  // of the metrics, as "modes/modes", and then "losses/generator"
};
// Throws DataError where the file is no run.
RunSummary summarise_run(const std::string& file);

}  // namespace saddle
