#include "bounds/pairs.hpp"

#include "tensor/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace saddle::bounds {
namespace {

// Exchanges each place with one before it, at most `reach(i)` - 1 of the i-th.
template <class Reach>
Rows exchanged(std::size_t n, const RandomStream& stream, const Reach& reach) {
  Rows order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = n; i-- > 1;)
    std::swap(order[i], order[stream.below(static_cast<std::uint32_t>(i), reach(i))]);
  return order;
}

// ln sum exp of n values at a distance from each other.
double log_sum_exp(const double* values, std::size_t n, std::size_t stride) {
  double highest = -std::numeric_limits<double>::infinity(), sum = 0;
  for (std::size_t j = 0; j < n; ++j) highest = std::max(highest, values[j * stride]);
  for (std::size_t j = 0; j < n; ++j) sum += std::exp(values[j * stride] - highest);
  return highest + std::log(sum);
}

}  // namespace

Rows shuffled(std::size_t n, const RandomStream& stream) {
  return exchanged(n, stream, [](std::size_t i) { return i + 1; });
}

Rows derangement(std::size_t n, const RandomStream& stream) {
  return exchanged(n, stream, [](std::size_t i) { return i; });
}

Batches::Batches(Rows rows, std::size_t size, RandomStream stream)
    : rows_(std::move(rows)), size_(std::min(size, rows_.size())), stream_(std::move(stream)) {}

Rows Batches::at(std::int64_t step) const {
  const std::size_t in_pass = rows_.size() / size_, number = static_cast<std::size_t>(step);
  const Rows order =
      shuffled(rows_.size(), stream_.at(static_cast<std::int64_t>(number / in_pass)));
  Rows batch;
  for (std::size_t i = 0; i < size_; ++i)
    batch.push_back(rows_[order[number % in_pass * size_ + i]]);
  return batch;
}

Matrix pick(const Matrix& points, const Rows& rows) {
  Matrix picked(rows.size(), points.columns);
  for (std::size_t i = 0; i < rows.size(); ++i)
    std::copy_n(points.row(rows[i]), points.columns, picked.row(i));
  return picked;
}

Tensor pick_scalars(const Matrix& points, const Rows& rows) {
  Tensor picked = empty({rows.size(), points.columns});
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t j = 0; j < points.columns; ++j)
      picked(i, j) = static_cast<Scalar>(points.row(rows[i])[j]);
  return picked;
}

std::vector<double> info_nce_terms(const Matrix& ratios) {
  const std::size_t n = ratios.rows;
  std::vector<double> terms(n);
  constexpr std::size_t kGrain = 64;
  kernels::for_ranges(n, kGrain, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      terms[i] =
          ratios.row(i)[i] + std::log(static_cast<double>(n)) -
          (log_sum_exp(ratios.row(i), n, 1) + log_sum_exp(ratios.values.data() + i, n, n)) / 2;
  });
  return terms;
}

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double error_of(const std::vector<double>& values) {
  const double mean = mean_of(values);
  double sum = 0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  const auto n = static_cast<double>(values.size());
  return std::sqrt(sum / (n - 1) / n);
}

}  // namespace saddle::bounds
