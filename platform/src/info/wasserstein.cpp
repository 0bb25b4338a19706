#include <saddle/info/wasserstein.hpp>

#include "info/pairs.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace saddle::info {
namespace {

bool usable(const std::vector<double>& x) {
  return !x.empty() &&
         std::all_of(x.begin(), x.end(), [](double value) { return std::isfinite(value); });
}

// x . v / |v| of each row: [n, d] -> n
std::vector<double> projected(const Matrix& x, const double* direction) {
  const double length = std::sqrt(scalar_product(direction, direction, x.columns));
  std::vector<double> found(x.rows);
  for (std::size_t i = 0; i < x.rows; ++i)
    found[i] = scalar_product(x.row(i), direction, x.columns) / length;
  return found;
}

}  // namespace

double wasserstein_1(std::vector<double> x, std::vector<double> y) {
  if (!usable(x) || !usable(y)) return std::numeric_limits<double>::quiet_NaN();
  std::sort(x.begin(), x.end());
  std::sort(y.begin(), y.end());
  // The quantile x[i] ends at u = (i + 1) / n, y[j] at (j + 1) / m; u is counted in 1 / nm.
  const std::size_t n = x.size(), m = y.size();
  double sum = 0;
  for (std::size_t i = 0, j = 0, u = 0; i < n && j < m;) {
    const std::size_t end = std::min((i + 1) * m, (j + 1) * n);
    sum += static_cast<double>(end - u) * std::abs(x[i] - y[j]);
    u = end;
    if (end == (i + 1) * m) ++i;
    if (end == (j + 1) * n) ++j;
  }
  return sum / (static_cast<double>(n) * static_cast<double>(m));
}

double sliced_wasserstein(const Matrix& x, const Matrix& y, const Matrix& directions) {
  require_same_dimension("the sliced Wasserstein distance", x, y);
  require_same_dimension("the sliced Wasserstein distance", x, directions);
  std::vector<double> distances(directions.rows);
  kernels::for_blocks(directions.rows, [&](std::size_t k) {
    distances[k] = wasserstein_1(projected(x, directions.row(k)), projected(y, directions.row(k)));
  });
  return std::accumulate(distances.begin(), distances.end(), 0.0) /
         static_cast<double>(directions.rows);
}

}  // namespace saddle::info
