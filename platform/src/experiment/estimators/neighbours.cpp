#include "experiment/estimators/neighbours.hpp"

#include <saddle/info/tails.hpp>

namespace saddle::estimators {

bool is_dense(const Matrix& points, std::size_t dimensions) {
  constexpr double kMostKurtosis = 12;
  return points.columns <= dimensions && info::greatest_kurtosis(points) <= kMostKurtosis;
}

bool is_dense_pair(const info::Sample& sample) {
  constexpr std::size_t kMost = 4;
  return sample.x.columns + sample.y.columns <= kMost && is_dense(sample.x, kMost) &&
         is_dense(sample.y, kMost);
}

}  // namespace saddle::estimators
