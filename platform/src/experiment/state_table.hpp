#pragma once

#include "experiment/run_layout.hpp"
#include "experiment/state.hpp"
#include "io/hdf5.hpp"

#include <cstddef>
#include <cstdint>
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

// The first tensor or number in which two states differ, with element and both values; "" where
// they are the same to the bit.
std::string first_difference(const State& expected, const State& found);

}  // namespace saddle
