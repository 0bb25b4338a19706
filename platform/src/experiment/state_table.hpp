#pragma once

#include "experiment/run_layout.hpp"
#include "experiment/state.hpp"
#include "io/hdf5.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace saddle {

// The states that a run file holds below /states.
class StateTable {
 public:
  // `run` must outlive it. Throws DataError where there are none.
  explicit StateTable(const hdf5::File& run);
  // Of those that are committed.
  const std::vector<std::int64_t>& steps() const { return steps_; }
  State read(std::size_t row) const;

 private:
  hdf5::Group group_;
  Table table_;
  std::vector<std::int64_t> steps_;
};

// Where two states part.
struct StateDifference {
  std::string place;  // "generator/parameters/body.0.weight, element 11"
  double first, second;
};

// The first tensor or number in which two states differ, bit for bit; nothing where none does.
// Throws DataError where the second lacks what the first has, or has it in another shape.
std::optional<StateDifference> first_difference(const State& first, const State& second);

}  // namespace saddle
