#include <saddle/info/rank_scores.hpp>

#include "info/special.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace saddle::info {
namespace {

double quantile(double share, double freedom) {
  return std::isinf(freedom) ? normal_quantile(share) : student_quantile(share, freedom);
}

// The quantile of half ranks: at [k - 2] that of a share k / 2 / (n + 1).
std::vector<double> quantiles(std::size_t n, double freedom) {
  std::vector<double> values(2 * n - 1);
  for (std::size_t k = 0; k < values.size(); ++k)
    values[k] = quantile(static_cast<double>(k + 2) / 2 / static_cast<double>(n + 1), freedom);
  return values;
}

}  // namespace

Matrix rank_scores(const Matrix& points, double freedom) {
  const std::size_t n = points.rows;
  Matrix result(n, points.columns);
  if (n == 0) return result;
  const std::vector<double> table = quantiles(n, freedom);
  std::vector<std::size_t> order(n);
  for (std::size_t j = 0; j < points.columns; ++j) {
    const auto value = [&](std::size_t place) { return points.row(order[place])[j]; };
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return points.row(a)[j] < points.row(b)[j]; });
    for (std::size_t begin = 0, end = 0; begin < n; begin = end) {
      while (end < n && value(end) == value(begin)) ++end;
      // Ranks begin + 1 to end, whose mean is half of begin + 1 + end.
      for (std::size_t place = begin; place < end; ++place)
        result.row(order[place])[j] = table[begin + end - 1];
    }
  }
  return result;
}

}  // namespace saddle::info
