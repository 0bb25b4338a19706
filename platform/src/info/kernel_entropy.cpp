#include <saddle/info/kernel_entropy.hpp>

#include <saddle/info/frechet.hpp>

#include "info/pairs.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace saddle::info {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kLogTwoPi = 1.83787706640934548356;

// ln of the sum of exp(-s / 2) over the squared distances s but the one at `own`.
double log_sum(const double* squares, std::size_t n, std::size_t own) {
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t j = 0; j < n; ++j)
    if (j != own) least = std::min(least, squares[j]);
  double sum = 0;
  for (std::size_t j = 0; j < n; ++j)
    if (j != own) sum += std::exp((least - squares[j]) / 2);
  return std::log(sum) - least / 2;
}

}  // namespace

std::vector<double> scott_widths(const Matrix& points) {
  const Matrix covariance = moments(points).covariance;
  const double factor =
      std::pow(static_cast<double>(points.rows), -1 / (static_cast<double>(points.columns) + 4));
  std::vector<double> widths;
  for (std::size_t j = 0; j < points.columns; ++j)
    widths.push_back(factor * std::sqrt(covariance.row(j)[j]));
  return widths;
}

double kernel_density_entropy(const Matrix& points, const std::vector<double>& widths) {
  const std::size_t n = points.rows, d = points.columns;
  if (n < 2 || !all_finite(points)) return kNan;
  double log_volume = static_cast<double>(d) / 2 * kLogTwoPi;
  for (const double width : widths) log_volume += std::log(width);
  Matrix scaled = points;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < d; ++j) scaled.row(i)[j] /= widths[j];
  std::vector<double> logs(n);
  for_each_row(scaled, scaled, squared_distance,
               [&](std::size_t i, double* squares) { logs[i] = log_sum(squares, n, i); });
  double sum = 0;
  for (const double log : logs) sum += log;
  return log_volume + std::log(static_cast<double>(n - 1)) - sum / static_cast<double>(n);
}

}  // namespace saddle::info
