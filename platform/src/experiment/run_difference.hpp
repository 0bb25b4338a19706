#pragma once

#include "io/hdf5.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace saddle {

// Where two runs part: the earliest step at which a record that both have differs.
struct RunDifference {
  std::int64_t step;
  std::string dataset;                 // "/weights/generator/body.0.weight"
  std::vector<std::uint64_t> element;  // within the record; empty for one number
  double first, second;

  // "step 58, /losses/generator: 0.25 in the first, 0.5 in the second".
  std::string text() const;
};

struct RunComparison {
  std::optional<RunDifference> difference;
  std::uint64_t records = 0;  // that both have, over all datasets
  // Tables and datasets of one run alone, and datasets whose records differ in shape.
  std::vector<std::string> only_first, only_second, other_shape;
};

// Compares every number of two runs, bit for bit, at the steps that both recorded and committed, up
// to `last`. Timing and events are left out.
RunComparison compare_runs(const hdf5::File& first, const hdf5::File& second,
                           std::int64_t last = INT64_MAX);

}  // namespace saddle
