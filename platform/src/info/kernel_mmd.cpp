#include <saddle/info/kernel_mmd.hpp>

#include "info/pairs.hpp"

#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace saddle::info {
namespace {

// The sum of k over pairs, and of k(x, x) among them.
struct KernelSums {
  double all, diagonal;
};

// Each row's sum belongs to one thread, and rows are added in order.
double sum_pairs(const Matrix& x, const Matrix& y, const PointKernel& kernel) {
  std::vector<double> sums(x.rows);
  for_each_row(x, y, kernel, [&](std::size_t i, const double* values) {
    sums[i] = std::accumulate(values, values + y.rows, 0.0);
  });
  return std::accumulate(sums.begin(), sums.end(), 0.0);
}

KernelSums sum_within(const Matrix& x, const PointKernel& kernel) {
  double diagonal = 0;
  for (std::size_t i = 0; i < x.rows; ++i) diagonal += kernel(x.row(i), x.row(i), x.columns);
  return {sum_pairs(x, x, kernel), diagonal};
}

}  // namespace

PointKernel cubic_kernel() {
  return [](const double* x, const double* y, std::size_t d) {
    const double base = scalar_product(x, y, d) / static_cast<double>(d) + 1;
    return base * base * base;
  };
}

PointKernel gaussian_kernel(double bandwidth) {
  const double factor = -1 / (2 * bandwidth * bandwidth);
  return [factor](const double* x, const double* y, std::size_t d) {
    return std::exp(factor * squared_distance(x, y, d));
  };
}

double median_distance(const Matrix& points) {
  std::vector<double> squares;
  for (std::size_t i = 0; i < points.rows; ++i)
    for (std::size_t j = 0; j < i; ++j)
      squares.push_back(squared_distance(points.row(i), points.row(j), points.columns));
  for (double& value : squares) value = std::sqrt(value);
  return median(std::move(squares));
}

Mmd mmd(const Matrix& x, const Matrix& y, const PointKernel& kernel) {
  require_same_dimension("the maximum mean discrepancy", x, y);
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  if (x.rows < 2 || y.rows < 2 || !all_finite(x) || !all_finite(y)) return {kNan, kNan};
  const auto n = static_cast<double>(x.rows), m = static_cast<double>(y.rows);
  const KernelSums xx = sum_within(x, kernel), yy = sum_within(y, kernel);
  const double across = 2 * sum_pairs(x, y, kernel) / (n * m);
  return {(xx.all - xx.diagonal) / (n * (n - 1)) + (yy.all - yy.diagonal) / (m * (m - 1)) - across,
          xx.all / (n * n) + yy.all / (m * m) - across};
}

}  // namespace saddle::info
