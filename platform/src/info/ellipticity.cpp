#include "info/ellipticity.hpp"

#include "info/dispersion.hpp"
#include "info/joint_moments.hpp"
#include "info/special.hpp"
#include "tensor/linear_algebra.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace saddle::info {
namespace {

std::vector<std::size_t> order_of(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return values[a] != values[b] ? values[a] < values[b] : a < b;
  });
  return order;
}

}  // namespace

double ellipticity_score(const Matrix& points) {
  constexpr double kTyler = 0;
  Matrix white = kernels::multiply(points, inverse_root(dispersion(points, kTyler)));
  const std::vector<double> squares = squared_lengths(white);
  const std::vector<std::size_t> order = order_of(squares);
  const auto n = static_cast<double>(points.rows), d = static_cast<double>(points.columns);
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    const double quantile = chi_squared_quantile((static_cast<double>(rank) + 0.5) / n, d);
    const double square = squares[order[rank]];
    double* const row = white.row(order[rank]);
    for (std::size_t j = 0; j < white.columns; ++j)
      row[j] *= square > 0 ? std::sqrt(quantile / square) : 0;
  }
  return joint_moments_score(white);
}

}  // namespace saddle::info
