#include <saddle/plugin/kernel_density.hpp>

#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/autograd/ops/layout.hpp>
#include <saddle/autograd/ops/linear.hpp>
#include <saddle/autograd/ops/math.hpp>
#include <saddle/autograd/ops/reduce.hpp>

#include <cmath>

namespace saddle {
namespace {

constexpr double kTwoPi = 6.28318530717958647692;
constexpr double kExcluded = -1e30;

// Added to the exponents, it excludes each point from its own density.
Tensor own_points(std::size_t n) {
  Tensor mask = zeros({n, n});
  for (std::size_t i = 0; i < n; ++i) mask(i, i) = static_cast<Scalar>(kExcluded);
  return mask;
}

// The mean of the points [n, d] as a constant [d].
Variable mean_of(const Variable& points) {
  const NoHistory pause;
  return mean(points, 0);
}

}  // namespace

// About the mean of y, so that points far from the origin keep their digits.
Variable squared_distances(const Variable& x, const Variable& y) {
  const std::size_t n = x.shape()[0], m = y.shape()[0];
  const Variable middle = mean_of(y), from = x - middle, to = y - middle;
  return reshape(sum_rows(square(from)), {n, 1}) + reshape(sum_rows(square(to)), {1, m}) -
         2 * matmul(from, to, false, true);
}

Variable log_kernel_density(const Variable& points, const Variable& centres, double width,
                            bool leave_one_out) {
  const auto d = static_cast<double>(points.shape()[1]);
  const std::size_t count = centres.shape()[0] - (leave_one_out ? 1 : 0);
  Variable exponent = (-0.5 / (width * width)) * squared_distances(points, centres);
  if (leave_one_out) exponent = exponent + Variable(own_points(points.shape()[0]));
  return logsumexp(exponent, 1) -
         (std::log(static_cast<double>(count)) + 0.5 * d * std::log(kTwoPi * width * width));
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

}  // namespace saddle
