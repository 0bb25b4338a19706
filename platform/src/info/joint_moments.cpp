#include "info/joint_moments.hpp"

#include "info/whitening.hpp"
#include "tensor/linear_algebra.hpp"

#include <cmath>
#include <limits>
#include <optional>

namespace saddle::info {
namespace {

template <class Function>
Matrix mapped(Matrix points, const Function& of) {
  for (double& x : points.values) x = of(x);
  return points;
}

double squares_off_diagonal(const Matrix& m) {
  double sum = 0;
  for (std::size_t i = 0; i < m.rows; ++i)
    for (std::size_t j = 0; j < m.columns; ++j)
      if (i != j) sum += m.row(i)[j] * m.row(i)[j];
  return sum;
}

double squares_of_column_sums(const Matrix& points) {
  double squares = 0;
  for (std::size_t j = 0; j < points.columns; ++j) {
    double sum = 0;
    for (std::size_t i = 0; i < points.rows; ++i) sum += points.row(i)[j];
    squares += sum * sum;
  }
  return squares;
}

}  // namespace

double joint_moments_score(const Matrix& points) {
  const std::optional<Matrix> w = whitened(points);
  if (!w) return std::numeric_limits<double>::quiet_NaN();
  const Matrix second = mapped(*w, [](double x) { return (x * x - 1) / std::sqrt(2); }),
               third = mapped(*w, [](double x) { return x * (x * x - 3) / std::sqrt(6); });
  const auto product = [](const Matrix& a, const Matrix& b) {
    return squares_off_diagonal(kernels::multiply(a, b, true));
  };
  // Each product of two seconds stands on both sides of the diagonal.
  const double sum = squares_of_column_sums(third) + product(*w, second) + product(*w, third) +
                     product(second, second) / 2;
  const auto n = static_cast<double>(points.rows), d = static_cast<double>(points.columns);
  const double terms = d + 2.5 * d * (d - 1);
  return (sum / n - terms) / std::sqrt(2 * terms);
}

}  // namespace saddle::info
