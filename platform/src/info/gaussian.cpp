#include <saddle/info/gaussian.hpp>

#include "info/pairs.hpp"
#include "info/special.hpp"
#include "tensor/linear_algebra.hpp"

#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace saddle::info {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kLogTwoPi = 1.83787706640934548356;

// The root of each element of the diagonal: the standard deviation of each axis.
std::vector<double> deviations(const Matrix& covariance) {
  std::vector<double> roots;
  for (std::size_t j = 0; j < covariance.rows; ++j)
    roots.push_back(std::sqrt(covariance.row(j)[j]));
  return roots;
}

// a_ij / (s_i s_j): in these units axes of very different scale do not make it look singular.
Matrix in_units(Matrix a, const std::vector<double>& s) {
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t j = 0; j < a.columns; ++j) a.row(i)[j] /= s[i] * s[j];
  return a;
}

// An eigenvalue of a correlation matrix that rounding cannot tell from 0.
bool is_zero(double value, std::size_t d) {
  return value <= 4 * static_cast<double>(d) * std::numeric_limits<double>::epsilon();
}

// ln det of a covariance, -infinity where it is singular.
double log_determinant(const Matrix& covariance) {
  if (!all_finite(covariance)) return kNan;
  const std::vector<double> s = deviations(covariance);
  double sum = 0;
  for (const double deviation : s) {
    if (!(deviation > 0)) return -kInfinity;
    sum += 2 * std::log(deviation);
  }
  for (const double value : kernels::symmetric_eigenvalues(in_units(covariance, s))) {
    if (is_zero(value, s.size())) return -kInfinity;
    sum += std::log(value);
  }
  return sum;
}

// sum_{i = 1..d} psi((n - i) / 2), n > d.
double sum_of_digammas(std::size_t n, std::size_t d) {
  double sum = 0;
  for (std::size_t i = 1; i <= d; ++i) sum += digamma(static_cast<double>(n - i) / 2);
  return sum;
}

// By how much ln det of the covariance of n points is too high on average. NaN for n <= d.
double log_determinant_bias(std::size_t n, std::size_t d) {
  if (n <= d) return kNan;
  return sum_of_digammas(n, d) +
         static_cast<double>(d) * std::log(2 / (static_cast<double>(n) - 1));
}

// tr(Sq^-1 Sp) and m^T Sq^-1 m, m the difference of the means.
struct Distances {
  double trace, square;
};

// Infinite where Sq is singular.
Distances distances(const Moments& p, const Moments& q) {
  const std::vector<double> s = deviations(q.covariance);
  for (const double deviation : s)
    if (!(deviation > 0)) return {kInfinity, kInfinity};
  const kernels::SymmetricEigen eigen = kernels::symmetric_eigen(in_units(q.covariance, s));
  const Matrix inner = kernels::multiply(eigen.vectors, in_units(p.covariance, s));
  Distances found{0, 0};
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (is_zero(eigen.values[i], s.size())) return {kInfinity, kInfinity};
    double along = 0;
    for (std::size_t j = 0; j < s.size(); ++j)
      along += eigen.vectors.row(i)[j] * (p.mean[j] - q.mean[j]) / s[j];
    found.square += along * along / eigen.values[i];
    found.trace += scalar_product(inner.row(i), eigen.vectors.row(i), s.size()) / eigen.values[i];
  }
  return found;
}

// [rows, columns] at (row, column).
Matrix block(const Matrix& a, std::size_t at, std::size_t size) {
  Matrix part(size, size);
  for (std::size_t i = 0; i < size; ++i)
    for (std::size_t j = 0; j < size; ++j) part.row(i)[j] = a.row(at + i)[at + j];
  return part;
}

}  // namespace

double gaussian_entropy(const Matrix& covariance) {
  return (static_cast<double>(covariance.rows) * (1 + kLogTwoPi) + log_determinant(covariance)) / 2;
}

double gaussian_kl(const Moments& p, const Moments& q) {
  require_same_dimension("a Gaussian divergence", p.covariance, q.covariance);
  const double determinants = log_determinant(q.covariance) - log_determinant(p.covariance);
  if (std::isnan(determinants)) return kNan;
  if (std::isinf(determinants)) return kInfinity;
  const Distances found = distances(p, q);
  return (found.trace + found.square - static_cast<double>(p.mean.size()) + determinants) / 2;
}

double gaussian_information(const Matrix& covariance, std::size_t dx) {
  return (log_determinant(block(covariance, 0, dx)) +
          log_determinant(block(covariance, dx, covariance.rows - dx)) -
          log_determinant(covariance)) /
         2;
}

double gaussian_entropy_estimate(const Matrix& points) {
  return gaussian_entropy(moments(points).covariance) -
         log_determinant_bias(points.rows, points.columns) / 2;
}

double gaussian_kl_estimate(const Matrix& p, const Matrix& q) {
  require_same_dimension("a Gaussian divergence", p, q);
  const std::size_t dimension = p.columns;
  if (p.rows <= dimension || q.rows <= dimension + 2) return kNan;
  const auto n = static_cast<double>(p.rows), m = static_cast<double>(q.rows);
  const auto d = static_cast<double>(dimension);
  const Moments of_p = moments(p), of_q = moments(q);
  const double determinants =
      log_determinant(of_q.covariance) - log_determinant_bias(q.rows, dimension) -
      log_determinant(of_p.covariance) + log_determinant_bias(p.rows, dimension);
  if (std::isnan(determinants)) return kNan;
  if (std::isinf(determinants)) return kInfinity;
  const Distances found = distances(of_p, of_q);
  const double shrink = (m - d - 2) / (m - 1);
  const double trace = shrink * found.trace;
  const double square = shrink * found.square - trace / n - d / m;
  return (trace + square - d + determinants) / 2;
}

double gaussian_information_estimate(const Matrix& x, const Matrix& y) {
  const Matrix both = side_by_side(x, y);
  const std::size_t n = both.rows, dx = x.columns, dy = y.columns;
  if (n <= dx + dy) return kNan;
  // The terms d ln(2 / (n - 1)) of the bias cancel.
  const double bias = sum_of_digammas(n, dx) + sum_of_digammas(n, dy) - sum_of_digammas(n, dx + dy);
  return gaussian_information(moments(both).covariance, dx) - bias / 2;
}

}  // namespace saddle::info
