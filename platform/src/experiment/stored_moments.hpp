#pragma once

#include "experiment/experiment.hpp"
#include "experiment/state_table.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace saddle {

// The steps of which a run file holds all that a metric depends on: a whole state, or the weights.
class StoredMoments {
 public:
  // Both must outlive it. Throws DataError where there is no such step.
  StoredMoments(const hdf5::File& run, const Experiment& experiment);

  std::vector<std::int64_t> steps() const;
  // The state of a step, of which the rest, optimizers and the like, is that of `fresh` where only
  // the weights are there. The losses are the logged ones, where that step has them.
  State read(std::int64_t step, const State& fresh) const;
  // The same of the step with the best value of the series that the run watched. Throws DataError
  // where it kept no such weights.
  State read_best(const State& fresh) const;

 private:
  State from_weights(const char* table, std::int64_t step, std::size_t row, State state) const;

  const hdf5::File& run_;
  const Experiment& experiment_;
  std::optional<StateTable> states_;
  // Rows by step.
  std::map<std::int64_t, std::size_t> state_rows_, weight_rows_, loss_rows_;
};

}  // namespace saddle
