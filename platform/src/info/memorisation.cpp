#include <saddle/info/memorisation.hpp>

#include <saddle/base/error.hpp>

#include "info/pairs.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace saddle::info {

std::vector<double> nearest_distances(const Matrix& points, const Matrix& others) {
  require_same_dimension("a nearest distance", points, others);
  std::vector<double> nearest(points.rows, std::numeric_limits<double>::infinity());
  for_each_row(points, others, squared_distance, [&](std::size_t i, const double* squares) {
    for (std::size_t j = 0; j < others.rows; ++j) nearest[i] = std::min(nearest[i], squares[j]);
    nearest[i] = std::sqrt(nearest[i]);
  });
  return nearest;
}

Memorisation memorisation(const Matrix& generated, const Matrix& train, const Matrix& test) {
  if (train.rows != test.rows)
    throw PluginError(
        "memorisation compares with equally many training and test points: there are " +
        std::to_string(train.rows) + " and " + std::to_string(test.rows) + ".");
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  if (generated.rows == 0 || train.rows == 0 || !all_finite(generated) || !all_finite(train) ||
      !all_finite(test))
    return {kNan, kNan, kNan};
  const std::vector<double> to_train = nearest_distances(generated, train);
  const std::vector<double> to_test = nearest_distances(generated, test);
  double nearer = 0;
  for (std::size_t i = 0; i < to_train.size(); ++i)
    nearer += to_train[i] < to_test[i] ? 1 : to_train[i] == to_test[i] ? 0.5 : 0;
  return {nearer / static_cast<double>(generated.rows), median(to_train), median(to_test)};
}

}  // namespace saddle::info
