#pragma once

#include <saddle/tensor/matrix.hpp>

#include "info/kd_tree.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace saddle::info {

// Counts points [n, d] near a place, in the maximum norm: by a tree or, in one dimension, by two
// searches among the sorted numbers, which take less time.
class Marginal {
 public:
  explicit Marginal(const Matrix& points);

  // The points at `distance` or nearer.
  std::size_t count(const double* point, double distance) const;

 private:
  std::vector<double> sorted_;
  std::optional<KdTree<MaximumNorm>> tree_;
};

}  // namespace saddle::info
