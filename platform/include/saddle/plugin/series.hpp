#pragma once

#include <saddle/base/pool.hpp>

#include <string>
#include <utility>
#include <vector>

namespace saddle {

// One curve that a plugin logs, declared before training.
struct SeriesInfo {
  std::string name;  // kebab-case
  std::string unit;  // "nats", "%", "1" for a plain number
  // What a reader must know: the estimator, its options, n.
  std::vector<std::pair<std::string, std::string>> attributes = {};
};

// Values of curves, by name.
using SeriesValues = PoolMap<double>;

}  // namespace saddle
