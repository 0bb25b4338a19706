#pragma once

#include "io/hdf5.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace saddle {

// Where two runs part: the earliest step at which a record that both have differs.
struct RunDifference {
  std::int64_t step;                   // 0 for a fixed array, drawn before the first step
  std::string dataset;                 // "/weights/generator/body.0.weight"
  std::vector<std::uint64_t> element;  // within the record; empty for one number
  double first, second;

  // "step 58, /losses/generator: 0.25 in the first, 0.5 in the second".
  std::string text() const;
};

struct RunComparison {
  std::optional<RunDifference> difference;
  std::uint64_t records = 0;  // that both have, over all datasets; a fixed array is one
  // Tables and datasets of one run alone, and datasets whose records differ in shape.
  std::vector<std::string> only_first, only_second, other_shape;
  // Tables of both with steps of one run alone: "/losses (3, the first 12)".
  std::vector<std::string> steps_first, steps_second;

  // What could not be compared for want of its like, by kind: "only in the first: /metrics/modes".
  std::vector<std::string> unmatched() const;
  // The same of steps, which two runs of one spec share and others need not.
  std::vector<std::string> unmatched_steps() const;
};

// Compares every number of two runs, bit for bit: at the steps that both recorded and committed, up
// to `last`, and in the fixed arrays. Timing and events are left out.
RunComparison compare_runs(const hdf5::File& first, const hdf5::File& second,
                           std::int64_t last = INT64_MAX);

}  // namespace saddle
