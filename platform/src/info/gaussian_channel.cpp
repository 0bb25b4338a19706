#include <saddle/info/gaussian_channel.hpp>

#include "info/pairs.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace saddle::info {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

// ln of the sum of exp(values[j]) over the j that are not `without`.
double log_sum_exp(const double* values, std::size_t count, std::size_t without) {
  double most = -kInfinity, sum = 0;
  for (std::size_t j = 0; j < count; ++j)
    if (j != without) most = std::max(most, values[j]);
  for (std::size_t j = 0; j < count; ++j)
    if (j != without) sum += std::exp(values[j] - most);
  return most + std::log(sum);
}

}  // namespace

Matrix add_noise(Matrix means, double sigma, const RandomStream& noise) {
  std::vector<double> normals(means.columns);
  for (std::size_t i = 0; i < means.rows; ++i) {
    noise.normals(static_cast<std::uint32_t>(i), means.columns, normals.data());
    for (std::size_t j = 0; j < means.columns; ++j) means.row(i)[j] += sigma * normals[j];
  }
  return means;
}

ChannelBounds channel_information(const Matrix& means, const Matrix& noisy, double sigma) {
  assert(means.rows == noisy.rows && means.columns == noisy.columns && means.rows > 1 && sigma > 0);
  if (!all_finite(means) || !all_finite(noisy)) return {kNan, kNan};
  const std::size_t n = means.rows;
  std::vector<double> lower(n), upper(n);
  for_each_row(noisy, means, squared_distance, [&](std::size_t i, double* scores) {
    // ln p(t_i | m_j) up to a constant.
    for (std::size_t j = 0; j < n; ++j) scores[j] /= -2 * sigma * sigma;
    lower[i] = scores[i] - log_sum_exp(scores, n, n) + std::log(static_cast<double>(n));
    upper[i] = scores[i] - log_sum_exp(scores, n, i) + std::log(static_cast<double>(n - 1));
  });
  return {mean(lower), mean(upper)};
}

}  // namespace saddle::info
