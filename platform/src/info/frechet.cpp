#include <saddle/info/frechet.hpp>

#include "info/pairs.hpp"
#include "tensor/linear_algebra.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace saddle::info {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

std::vector<double> mean_of(const Matrix& points) {
  std::vector<double> mean(points.columns);
  for (std::size_t i = 0; i < points.rows; ++i)
    for (std::size_t j = 0; j < points.columns; ++j) mean[j] += points.row(i)[j];
  for (double& value : mean) value /= static_cast<double>(points.rows);
  return mean;
}

// (x_i - mean) / sqrt(n - 1): its product with itself is the covariance.
Matrix deviations(Matrix points, const std::vector<double>& mean) {
  const double scale = 1 / std::sqrt(static_cast<double>(points.rows) - 1);
  for (std::size_t i = 0; i < points.rows; ++i)
    for (std::size_t j = 0; j < points.columns; ++j)
      points.row(i)[j] = (points.row(i)[j] - mean[j]) * scale;
  return points;
}

double trace(const Matrix& a) {
  double sum = 0;
  for (std::size_t i = 0; i < a.rows; ++i) sum += a.row(i)[i];
  return sum;
}

double sum_of_squares(const Matrix& a) {
  return scalar_product(a.values.data(), a.values.data(), a.values.size());
}

// The eigenvalues that rounding leaves of 0 lie below this.
double smallest_counted(const std::vector<double>& ascending) {
  const double largest = ascending.empty() ? 0 : std::max(ascending.back(), 0.0);
  return largest * static_cast<double>(ascending.size()) * std::numeric_limits<double>::epsilon();
}

// The sum of the roots of the eigenvalues of a positive semidefinite matrix.
double trace_of_root(Matrix a) {
  const std::vector<double> values = kernels::symmetric_eigenvalues(std::move(a));
  const double least = smallest_counted(values);
  double sum = 0;
  for (const double value : values)
    if (value > least) sum += std::sqrt(value);
  return sum;
}

// The rows A^T [r, d] of S = A A^T, one for each eigenvalue above 0.
Matrix root_rows(const Matrix& covariance) {
  const kernels::SymmetricEigen eigen = kernels::symmetric_eigen(covariance);
  const double least = smallest_counted(eigen.values);
  const auto first = static_cast<std::size_t>(
      std::upper_bound(eigen.values.begin(), eigen.values.end(), least) - eigen.values.begin());
  Matrix rows(covariance.rows - first, covariance.columns);
  for (std::size_t i = 0; i < rows.rows; ++i)
    for (std::size_t j = 0; j < rows.columns; ++j)
      rows.row(i)[j] = std::sqrt(eigen.values[first + i]) * eigen.vectors.row(first + i)[j];
  return rows;
}

// tr sqrt(S1 S2) of covariances [d, d].
double trace_of_product_root(const Matrix& a, const Matrix& b) {
  const Matrix root_a = root_rows(a), root_b = root_rows(b);
  const bool a_is_lower = root_a.rows <= root_b.rows;
  const Matrix& root = a_is_lower ? root_a : root_b;
  const Matrix inner = kernels::multiply(root, a_is_lower ? b : a);
  return trace_of_root(kernels::multiply(inner, root, false, true));
}

double distance(const std::vector<double>& mean_a, const std::vector<double>& mean_b, double traces,
                double trace_of_root_ab) {
  const double square =
      squared_distance(mean_a.data(), mean_b.data(), mean_a.size()) + traces - 2 * trace_of_root_ab;
  return square < 0 ? 0 : square;
}

bool finite(const Moments& m) {
  return all_finite(m.covariance) &&
         std::all_of(m.mean.begin(), m.mean.end(), [](double x) { return std::isfinite(x); });
}

}  // namespace

Moments moments(const Matrix& points) {
  std::vector<double> mean = mean_of(points);
  const Matrix centred = deviations(points, mean);
  return {std::move(mean), kernels::multiply(centred, centred, true, false)};
}

double frechet_distance(const Moments& a, const Moments& b) {
  require_same_dimension("the Frechet distance", a.covariance, b.covariance);
  if (!finite(a) || !finite(b)) return kNan;
  return distance(a.mean, b.mean, trace(a.covariance) + trace(b.covariance),
                  trace_of_product_root(a.covariance, b.covariance));
}

double frechet_distance(const Matrix& a, const Matrix& b) {
  require_same_dimension("the Frechet distance", a, b);
  if (a.rows < 2 || b.rows < 2 || !all_finite(a) || !all_finite(b)) return kNan;
  if (std::min(a.rows, b.rows) >= a.columns) return frechet_distance(moments(a), moments(b));
  const std::vector<double> mean_a = mean_of(a), mean_b = mean_of(b);
  const Matrix x = deviations(a, mean_a), y = deviations(b, mean_b);
  // With S1 = X^T X and S2 = Y^T Y the wanted roots are the singular values of X Y^T.
  const Matrix products = x.rows <= y.rows ? kernels::multiply(x, y, false, true)
                                           : kernels::multiply(y, x, false, true);
  if (!all_finite(products)) return kNan;
  return distance(mean_a, mean_b, sum_of_squares(x) + sum_of_squares(y),
                  trace_of_root(kernels::multiply(products, products, false, true)));
}

}  // namespace saddle::info
