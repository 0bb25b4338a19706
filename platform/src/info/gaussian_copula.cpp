#include <saddle/info/gaussian.hpp>

#include "info/special.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <vector>

namespace saddle::info {

Matrix gaussian_ranks(const Matrix& points) {
  const std::size_t n = points.rows;
  Matrix result(n, points.columns);
  std::vector<std::size_t> order(n);
  for (std::size_t j = 0; j < points.columns; ++j) {
    const auto value = [&](std::size_t place) { return points.row(order[place])[j]; };
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return points.row(a)[j] < points.row(b)[j]; });
    for (std::size_t begin = 0, end = 0; begin < n; begin = end) {
      while (end < n && value(end) == value(begin)) ++end;
      // Ranks begin + 1 to end have this mean.
      const double rank = static_cast<double>(begin + 1 + end) / 2;
      const double quantile = normal_quantile(rank / static_cast<double>(n + 1));
      for (std::size_t place = begin; place < end; ++place) result.row(order[place])[j] = quantile;
    }
  }
  return result;
}

double gaussian_copula_information(const Matrix& x, const Matrix& y) {
  if (!all_finite(x) || !all_finite(y)) return std::numeric_limits<double>::quiet_NaN();
  return gaussian_information_estimate(gaussian_ranks(x), gaussian_ranks(y));
}

}  // namespace saddle::info
