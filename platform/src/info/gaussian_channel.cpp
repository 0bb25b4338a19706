#include <saddle/info/gaussian_channel.hpp>

#include <saddle/info/histogram.hpp>

#include "info/pairs.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

namespace saddle::info {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

// ln of the sum of exp(values[j]) over the j that `counts` takes; -infinity of none.
template <class Counts>
double log_sum_exp(const std::vector<double>& values, const Counts& counts) {
  double most = -kInfinity, sum = 0;
  for (std::size_t j = 0; j < values.size(); ++j)
    if (counts(j)) most = std::max(most, values[j]);
  if (most == -kInfinity) return most;
  for (std::size_t j = 0; j < values.size(); ++j)
    if (counts(j)) sum += std::exp(values[j] - most);
  return most + std::log(sum);
}

// visit(i, scores) for each row, scores[j] = ln p(t_i | m_j) up to a constant.
template <class Visit>
void for_each_point(const Matrix& means, const Matrix& noisy, double sigma, const Visit& visit) {
  assert(means.rows == noisy.rows && means.columns == noisy.columns && means.rows > 1 && sigma > 0);
  for_each_row(noisy, means, squared_distance, [&](std::size_t i, const double* squares) {
    std::vector<double> scores(squares, squares + means.rows);
    for (double& score : scores) score /= -2 * sigma * sigma;
    visit(i, scores);
  });
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
  if (!all_finite(means) || !all_finite(noisy)) return {kNan, kNan};
  std::vector<double> lower(means.rows), upper(means.rows);
  const double n = static_cast<double>(means.rows);
  for_each_point(means, noisy, sigma, [&](std::size_t i, const std::vector<double>& scores) {
    const auto all = [](std::size_t) { return true; };
    const auto others = [i](std::size_t j) { return j != i; };
    lower[i] = scores[i] - log_sum_exp(scores, all) + std::log(n);
    upper[i] = scores[i] - log_sum_exp(scores, others) + std::log(n - 1);
  });
  return {mean(lower), mean(upper)};
}

double channel_label_information(const Matrix& means, const Matrix& noisy,
                                 const std::vector<std::size_t>& labels, double sigma) {
  assert(labels.size() == means.rows);
  if (!all_finite(means) || !all_finite(noisy)) return kNan;
  std::vector<double> log_posterior(means.rows);
  for_each_point(means, noisy, sigma, [&](std::size_t i, const std::vector<double>& scores) {
    const auto others = [i](std::size_t j) { return j != i; };
    const auto same = [&](std::size_t j) { return j != i && labels[j] == labels[i]; };
    log_posterior[i] = log_sum_exp(scores, same) - log_sum_exp(scores, others);
  });
  return label_entropy(labels) + mean(log_posterior);
}

}  // namespace saddle::info
