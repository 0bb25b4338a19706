#include "estimates.hpp"

#include <cmath>

namespace saddle::kl_guidance {
namespace {

constexpr double kTwoPi = 6.28318530717958647692;
constexpr double kExcluded = -1e30;

// |x_i - y_j|^2: [n, d], [m, d] -> [n, m]
Variable squared_distances(const Variable& x, const Variable& y) {
  const std::size_t n = x.shape()[0], m = y.shape()[0];
  return reshape(sum_rows(square(x)), {n, 1}) + reshape(sum_rows(square(y)), {1, m}) -
         2 * matmul(x, y, false, true);
}

// Each point is excluded from its own density.
Tensor own_points(std::size_t n) {
  Tensor mask = zeros({n, n});
  for (std::size_t i = 0; i < n; ++i) mask(i, i) = static_cast<Scalar>(kExcluded);
  return mask;
}

// The log density of a kernel estimate on `centres` at `points`, each [., d] -> [points].
Variable log_density(const Variable& points, const Variable& centres, double h,
                     bool leave_one_out) {
  const auto d = static_cast<double>(points.shape()[1]);
  const std::size_t count = centres.shape()[0] - (leave_one_out ? 1 : 0);
  Variable exponent = (-0.5 / (h * h)) * squared_distances(points, centres);
  if (leave_one_out) exponent = exponent + Variable(own_points(points.shape()[0]));
  return logsumexp(exponent, 1) -
         (std::log(static_cast<double>(count)) + 0.5 * d * std::log(kTwoPi * h * h));
}

// How far each point lies in each bin of one axis: [n, 1] -> [n, bins]
Variable memberships(const Variable& x, double low, double high, const Bins& bins) {
  const double width = (high - low) / static_cast<double>(bins.count);
  Tensor walls = empty({1, bins.count + 1});
  for (std::size_t k = 0; k <= bins.count; ++k)
    walls(0, k) = static_cast<Scalar>(low + width * static_cast<double>(k));
  const Variable beyond = sigmoid((x - Variable(walls)) / (bins.softness * width));
  return slice(beyond, 1, 0, bins.count) - slice(beyond, 1, 1, bins.count + 1);
}

// The share of the batch in each cell: [n, d] -> [cells + 1], the last one outside.
Variable shares(const Variable& x, const Bins& bins) {
  const std::size_t n = x.shape()[0];
  const auto axis = [&](std::size_t j) {
    return memberships(slice(x, 1, j, j + 1), bins.low[j], bins.high[j], bins);
  };
  const bool plane = x.shape()[1] == 2;
  const Variable counts = plane ? matmul(axis(0), axis(1), true, false) : sum(axis(0), 0);
  const Variable inside = reshape(counts, {counts.size()});
  const Variable outside = static_cast<double>(n) - reshape(sum(inside), {1});
  const double cells = static_cast<double>(inside.size()) + 1;
  return (concat({inside, outside}, 0) + bins.smoothing / cells) /
         (static_cast<double>(n) + bins.smoothing);
}

}  // namespace

Variable kernel(const Variable& real, const Variable& generated, double h, Direction direction) {
  const bool reverse = direction == Direction::reverse;
  const Variable& of = reverse ? generated : real;
  const Variable& against = reverse ? real : generated;
  return mean(log_density(of, of, h, true) - log_density(of, against, h, false));
}

double scott_width(const Tensor& x) {
  const std::size_t n = x.shape(0), d = x.shape(1);
  double variance = 0;
  for (std::size_t j = 0; j < d; ++j) {
    double mean = 0, squares = 0;
    for (std::size_t i = 0; i < n; ++i) mean += double{x(i, j)} / static_cast<double>(n);
    for (std::size_t i = 0; i < n; ++i) squares += std::pow(double{x(i, j)} - mean, 2);
    variance += squares / static_cast<double>(n) / static_cast<double>(d);
  }
  return std::sqrt(variance) * std::pow(static_cast<double>(n), -1 / (static_cast<double>(d) + 4));
}

Variable histogram(const Variable& real, const Variable& generated, const Bins& bins,
                   Direction direction) {
  const Variable p = shares(real, bins), q = shares(generated, bins);
  return direction == Direction::reverse ? sum(q * (log(q) - log(p))) : sum(p * (log(p) - log(q)));
}

}  // namespace saddle::kl_guidance
