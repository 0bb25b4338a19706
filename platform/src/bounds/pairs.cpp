#include "bounds/pairs.hpp"

#include "tensor/map.hpp"
#include "tensor/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace saddle::bounds {
namespace {

Rows in_order(std::size_t n) {
  Rows rows(n);
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  return rows;
}

// ln sum exp of n values, which it overwrites.
double log_sum_exp(double* values, std::size_t n) {
  const double highest = *std::max_element(values, values + n);
  kernels::map_range(
      0, n, values, [highest](auto u) { return exp(u - decltype(u)(highest)); }, values);
  return highest + std::log(std::accumulate(values, values + n, 0.0));
}

// Columns [begin, end) as rows.
Matrix turned(const Matrix& x, std::size_t begin, std::size_t end) {
  Matrix columns(end - begin, x.rows);
  for (std::size_t i = 0; i < x.rows; ++i)
    for (std::size_t j = begin; j < end; ++j) columns.row(j - begin)[i] = x.row(i)[j];
  return columns;
}

}  // namespace

Rows shuffled(std::size_t n, const RandomStream& stream) {
  Rows order = in_order(n);
  stream.shuffle(order);
  return order;
}

// Each place changes with one before it, and so none keeps what it had.
Rows derangement(std::size_t n, const RandomStream& stream) {
  Rows order = in_order(n);
  for (std::size_t i = n; i-- > 1;)
    std::swap(order[i], order[stream.below(static_cast<std::uint32_t>(i), i)]);
  return order;
}

Batches::Batches(Rows rows, std::size_t size, RandomStream stream)
    : rows_(std::move(rows)),
      size_(std::min(size, rows_.size())),
      stream_(std::move(stream)),
      pass_(0),
      order_(shuffled(rows_.size(), stream_.at(0))) {}

Rows Batches::at(std::int64_t step) {
  const std::size_t in_pass = rows_.size() / size_, number = static_cast<std::size_t>(step);
  if (const std::size_t pass = number / in_pass; pass != pass_) {
    order_ = shuffled(rows_.size(), stream_.at(static_cast<std::int64_t>(pass)));
    pass_ = pass;
  }
  Rows batch;
  for (std::size_t i = 0; i < size_; ++i)
    batch.push_back(rows_[order_[number % in_pass * size_ + i]]);
  return batch;
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
  constexpr std::size_t kGrain = 16;
  kernels::for_ranges(n, kGrain, [&](std::size_t begin, std::size_t end) {
    Matrix columns = turned(ratios, begin, end);
    std::vector<double> row(n);
    for (std::size_t i = begin; i < end; ++i) {
      std::copy_n(ratios.row(i), n, row.data());
      const double of_both = log_sum_exp(row.data(), n) + log_sum_exp(columns.row(i - begin), n);
      terms[i] = ratios.row(i)[i] + std::log(static_cast<double>(n)) - of_both / 2;
    }
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
