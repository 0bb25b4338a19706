#pragma once

#include "experiment/experiment.hpp"
#include "experiment/run_table.hpp"

#include <string>
#include <vector>

namespace saddle {

// The tables of a run file, from what its experiment logs. Metrics follow the named ones, in the
// order of the spec.
enum RunTableIndex : std::size_t { kLosses, kSamples, kWeights, kTiming, kFirstMetric };
std::vector<Table> run_tables(const Experiment& experiment);

// The names of the columns of /losses, in their order.
std::vector<std::string> loss_series(const Experiment& experiment);

// A tensor of a module that /weights holds, below the player's name.
struct LoggedTensor {
  std::string path;
  const Tensor* value;
};
// The parameters and buffers of every trained module.
std::vector<LoggedTensor> logged_weights(const Experiment& experiment);

}  // namespace saddle
