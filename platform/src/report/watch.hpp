#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace saddle {

// A run as it stands, for somebody who watches it.
struct Glance {
  std::int64_t step;                  // the last committed one
  std::optional<std::int64_t> steps;  // all of them, where the spec says
  std::string state;                  // see run_state
  std::string head;                   // "ring8-r1, seed 1"
  // A line for each metric and loss: its name, its course in eight heights, its last value.
  std::string curves;
};

// Throws DataError where the file is no run.
Glance glance_at(const std::string& file);

// The course of some values as a word of block elements, the smallest lowest; blanks for those that
// are not finite.
std::string spark_line(const std::vector<double>& values);

}  // namespace saddle
