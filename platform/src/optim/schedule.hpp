#pragma once

#include <saddle/base/schema.hpp>

#include <cstdint>
#include <optional>

namespace saddle {

// From one value to another between two steps; constant before and after.
struct Ramp {
  double from = 0, to = 0;
  std::int64_t start = 0;
  std::optional<std::int64_t> end;  // the run's last step where absent
  static void describe(Schema& schema);
};

// A number that may change over training: `0.1`, or `{exponential: {from: 0.1, to: 1e-5}}`.
struct Schedule {
  std::optional<double> constant;
  std::optional<Ramp> linear, exponential, cosine;
  static void describe(Schema& schema);
  static Schedule of(double value);

  // Whether it follows the length of the run, since it says no end of its own.
  bool is_open() const;
  // The value at a step of a run of `steps` steps.
  double at(std::int64_t step, std::int64_t steps) const;
};

}  // namespace saddle
