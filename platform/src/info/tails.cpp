#include <saddle/info/tails.hpp>

#include "info/pairs.hpp"
#include "info/whitening.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace saddle::info {

double greatest_kurtosis(const Matrix& points) {
  const Matrix z = in_units(points);
  double greatest = 0;
  for (std::size_t j = 0; j < z.columns; ++j) {
    double sum = 0;
    for (std::size_t i = 0; i < z.rows; ++i) {
      const double square = z.row(i)[j] * z.row(i)[j];
      sum += square * square;
    }
    greatest = std::max(greatest, sum / static_cast<double>(z.rows));
  }
  return greatest;
}

double mardia_score(const Matrix& points) {
  const std::optional<Matrix> z = whitened(points);
  if (!z) return std::numeric_limits<double>::quiet_NaN();
  const auto n = static_cast<double>(z->rows), d = static_cast<double>(z->columns);
  double sum = 0;
  for (std::size_t i = 0; i < z->rows; ++i) {
    const double square = scalar_product(z->row(i), z->row(i), z->columns);
    sum += square * square;
  }
  return (sum / n - d * (d + 2) * (n - 1) / (n + 1)) / std::sqrt(8 * d * (d + 2) / n);
}

}  // namespace saddle::info
