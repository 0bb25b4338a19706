#include <saddle/info/rank_scores.hpp>

#include "info/special.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace saddle::info {
namespace {

double quantile(double share, double freedom) {
  return std::isinf(freedom) ? normal_quantile(share) : student_quantile(share, freedom);
}

// The quantiles of mean ranks among n, each computed when it is first asked for.
class Quantiles {
 public:
  Quantiles(std::size_t n, double freedom)
      : n_(n), freedom_(freedom), known_(n + 1, std::numeric_limits<double>::quiet_NaN()) {}

  // Of the share k / 2 / (n + 1), for 2 <= k <= 2n. The law is symmetric.
  double at(std::size_t k) {
    const std::size_t mirrored = 2 * (n_ + 1) - k;
    if (k > mirrored) return -at(mirrored);
    double& value = known_[k - 2];
    if (std::isnan(value))
      value = quantile(static_cast<double>(k) / 2 / static_cast<double>(n_ + 1), freedom_);
    return value;
  }

 private:
  std::size_t n_;
  double freedom_;
  std::vector<double> known_;
};

}  // namespace

Matrix rank_scores(const Matrix& points, double freedom) {
  const std::size_t n = points.rows;
  Matrix result(n, points.columns);
  if (n == 0) return result;
  Quantiles quantiles(n, freedom);
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
        result.row(order[place])[j] = quantiles.at(begin + 1 + end);
    }
  }
  return result;
}

}  // namespace saddle::info
