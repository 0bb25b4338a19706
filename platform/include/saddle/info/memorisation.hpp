#pragma once

#include <saddle/tensor/matrix.hpp>

#include <vector>

namespace saddle::info {

// The Euclidean distance of each point to the nearest of others: [n, d], [m, d] -> n. Infinite
// where there are no others. Throws PluginError for different dimensions.
std::vector<double> nearest_distances(const Matrix& points, const Matrix& others);

struct Memorisation {
  // The share of generated points whose nearest training point is nearer than the nearest test
  // point, ties by half. As training and test points are of one law and equal in number, 1/2 for
  // any generator that has learned the law only; 1 where it returns training points. (Lopez-Paz and
  // Oquab 2017 and Meehan, Chaudhuri and Dasgupta 2020 build tests on this comparison.)
  double nearer_to_train;
  double median_to_train, median_to_test;
};

// Of generated points [n, d] beside equally many training and test points [m, d]. NaN where there
// are none of either, or one is not finite. Throws PluginError for unequal numbers.
Memorisation memorisation(const Matrix& generated, const Matrix& train, const Matrix& test);

}  // namespace saddle::info
