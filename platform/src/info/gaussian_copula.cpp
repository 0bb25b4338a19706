#include <saddle/info/gaussian.hpp>
#include <saddle/info/rank_scores.hpp>

#include <limits>

namespace saddle::info {

double gaussian_copula_information(const Matrix& x, const Matrix& y) {
  if (!all_finite(x) || !all_finite(y)) return std::numeric_limits<double>::quiet_NaN();
  return gaussian_information_estimate(rank_scores(x), rank_scores(y));
}

}  // namespace saddle::info
