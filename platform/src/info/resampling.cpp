#include "info/resampling.hpp"

#include <saddle/base/random.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace saddle::info {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

using Rows = std::vector<std::size_t>;

// 0, ..., n - 1 in random order.
Rows shuffled(std::size_t n, const RandomStream& stream) {
  Rows order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  stream.shuffle(order);
  return order;
}

// Group j of g, or all the others.
Rows part(const Rows& order, std::size_t j, std::size_t g, bool inside) {
  const auto place = [&](std::size_t k) {
    return order.begin() + static_cast<std::ptrdiff_t>(order.size() * k / g);
  };
  if (inside) return {place(j), place(j + 1)};
  Rows rest(order.begin(), place(j));
  rest.insert(rest.end(), place(j + 1), order.end());
  return rest;
}

// The fewest rows of one side that say something.
std::size_t sides(const Sample& sample, Quantity quantity) {
  return quantity == Quantity::kl ? std::min(sample.x.rows, sample.y.rows) : sample.x.rows;
}

// The estimate of each group alone, or of all but it.
std::vector<double> group_values(const Estimator& estimator, const Sample& sample, std::size_t g,
                                 bool inside, std::uint64_t seed) {
  const RandomStream stream(seed, "estimate/groups");
  const Rows of_x = shuffled(sample.x.rows, stream);
  // The rows of a pair stay together.
  const Rows of_y = estimator.quantity == Quantity::kl
                        ? shuffled(sample.y.rows, stream.child("y"))
                        : Rows(of_x.begin(), sample.y.rows > 0 ? of_x.end() : of_x.begin());
  std::vector<double> values;
  for (std::size_t j = 0; j < g; ++j)
    values.push_back(estimator.value({rows_of(sample.x, part(of_x, j, g, inside)),
                                      rows_of(sample.y, part(of_y, j, g, inside))}));
  return values;
}

}  // namespace

Spread spread_of(const Estimator& estimator, const Sample& sample, double value,
                 const Resampling& resampling) {
  const bool inside = resampling.error == "subsampling";
  const std::size_t n = sides(sample, estimator.quantity);
  const std::size_t least = estimator.least_rows ? estimator.least_rows(sample) : 2;
  // Each resample must have the rows that the estimator needs.
  std::size_t groups = std::min(resampling.groups, inside ? n / least : n);
  if (!inside && groups > 1 && n - (n + groups - 1) / groups < least) groups = 0;
  if (resampling.error == "none" || groups < 2) return {kNan, kNan};
  const std::vector<double> values =
      group_values(estimator, sample, groups, inside, resampling.seed);
  const auto g = static_cast<double>(groups);
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / g;
  double squares = 0;
  for (const double x : values) squares += (x - mean) * (x - mean);
  if (inside) return {std::sqrt(squares / (g - 1) / g), (mean - value) / (std::sqrt(g) - 1)};
  return {std::sqrt(squares * (g - 1) / g), (g - 1) * (mean - value)};
}

double permuted_baseline(const Estimator& estimator, const Sample& sample, std::size_t permutations,
                         std::uint64_t seed) {
  if (permutations == 0) return kNan;
  const RandomStream stream(seed, "estimate/permutation");
  double sum = 0;
  for (std::size_t i = 0; i < permutations; ++i) {
    const Rows order = shuffled(sample.y.rows, stream.at(static_cast<std::int64_t>(i)));
    sum += estimator.value({sample.x, rows_of(sample.y, order)});
  }
  return sum / static_cast<double>(permutations);
}

}  // namespace saddle::info
