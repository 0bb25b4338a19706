#include <saddle/info/manifold.hpp>

#include "info/pairs.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <vector>

namespace saddle::info {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// The squared distance of each point to its k-th nearest other one: [n, d] -> n
std::vector<double> squared_radii(const Matrix& points, std::size_t k) {
  std::vector<double> radii(points.rows);
  for_each_row(points, points, squared_distance, [&](std::size_t i, double* squares) {
    // The point itself leaves its place to the last one.
    squares[i] = squares[points.rows - 1];
    const auto place = static_cast<std::ptrdiff_t>(k) - 1;
    std::nth_element(squares, squares + place, squares + points.rows - 1);
    radii[i] = squares[place];
  });
  return radii;
}

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

// The share of points in at least one closed ball.
double share_in_balls(const Matrix& points, const Matrix& centres,
                      const std::vector<double>& radii) {
  std::vector<double> inside(points.rows);
  for_each_row(points, centres, squared_distance, [&](std::size_t i, const double* squares) {
    for (std::size_t j = 0; j < centres.rows && inside[i] == 0; ++j)
      if (squares[j] <= radii[j]) inside[i] = 1;
  });
  return mean(inside);
}

bool defined(const Matrix& a, const Matrix& b, std::size_t k) {
  require_same_dimension("a measure of coverage", a, b);
  return a.rows > k && b.rows > k && all_finite(a) && all_finite(b);
}

}  // namespace

PrecisionRecall precision_recall(const Matrix& real, const Matrix& generated, std::size_t k) {
  if (!defined(real, generated, k)) return {kNan, kNan};
  return {share_in_balls(generated, real, squared_radii(real, k)),
          share_in_balls(real, generated, squared_radii(generated, k))};
}

DensityCoverage density_coverage(const Matrix& real, const Matrix& generated, std::size_t k) {
  if (!defined(real, generated, k)) return {kNan, kNan};
  const std::vector<double> radii = squared_radii(real, k);
  // For each real point, the generated points in its ball, and whether there are any.
  std::vector<double> held(real.rows), covered(real.rows);
  for_each_row(real, generated, squared_distance, [&](std::size_t i, const double* squares) {
    held[i] = static_cast<double>(std::count_if(squares, squares + generated.rows,
                                                [&](double square) { return square < radii[i]; }));
    covered[i] = held[i] > 0 ? 1 : 0;
  });
  const double balls = std::accumulate(held.begin(), held.end(), 0.0);
  return {balls / static_cast<double>(k * generated.rows), mean(covered)};
}

}  // namespace saddle::info
