#pragma once

#include "experiment/experiment.hpp"
#include "experiment/run_table.hpp"
#include "experiment/state.hpp"

#include <string>
#include <vector>

namespace saddle {

// The tables of a run file, from what its experiment logs. The named ones are followed by those of
// the players, in the order of player_names(), and of the metrics, in the order of the spec.
enum RunTableIndex : std::size_t { kLosses, kSamples, kWeights, kTiming, kFirstPlayer };
// Last come those of the best weights and of the states, where the spec keeps them; a state's
// tensors and numbers are those of `state`.
std::vector<Table> run_tables(const Experiment& experiment, const State& state);

// Who is trained: both players, and each term with an objective of its own.
std::vector<std::string> player_names(const Experiment& experiment);

// Every series that a run records, as spec keys name it: "generator", "r1/squared-norm",
// "players/generator/gradient-norm", "modes/modes".
std::vector<std::string> recorded_series(const Experiment& experiment);

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
