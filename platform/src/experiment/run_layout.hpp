#pragma once

#include "experiment/run_log.hpp"
#include "experiment/run_table.hpp"
#include "io/hdf5.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace saddle {

// What a run file holds, as far as it is vouched for. It follows from the file alone, so that a log
// can be copied without its plugins.
struct RunLayout {
  std::vector<Table> tables;  // the events apart
  hdf5::Element element;      // of the arrays
  std::int64_t step;          // the last committed one
  RowCounts rows;             // of each table up to that step, the events last
  RowCounts present;          // all that are there
};

// Throws DataError where the file is not as saddle writes it.
RunLayout read_layout(const hdf5::File& run);

}  // namespace saddle
