#pragma once

#include "experiment/run_summary.hpp"
#include "experiment/sweep_plan.hpp"

#include <optional>
#include <string>
#include <vector>

namespace saddle {

// A run of a sweep, as its table has it.
struct SweepRow {
  const SweepRun* run;
  std::string state;
  std::optional<RunSummary> summary;  // of a run that has ended with a log
};

// The table as CSV (RFC 4180): a line for each run with its folder, what it sets, its state, its
// last step and the last value of every series that any run logged; empty where there is none.
// Infinite numbers are inf and -inf. The same runs give the same bytes.
std::string sweep_csv(const std::vector<SweepAxis>& axes, const std::vector<SweepRow>& rows);

}  // namespace saddle
