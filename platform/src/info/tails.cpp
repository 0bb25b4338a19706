#include <saddle/info/tails.hpp>

#include <saddle/info/frechet.hpp>

#include "info/pairs.hpp"
#include "tensor/linear_algebra.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace saddle::info {
namespace {

// Columns of mean 0 and, where they are not constant, variance 1.
Matrix in_units(Matrix points) {
  const Moments m = moments(points);
  for (std::size_t i = 0; i < points.rows; ++i)
    for (std::size_t j = 0; j < points.columns; ++j) {
      double& x = points.row(i)[j];
      x -= m.mean[j];
      if (m.covariance.row(j)[j] > 0) x /= std::sqrt(m.covariance.row(j)[j]);
    }
  return points;
}

}  // namespace

double greatest_kurtosis(const Matrix& points) {
  const Matrix z = in_units(points);
  double greatest = 0;
  for (std::size_t j = 0; j < z.columns; ++j) {
    double sum = 0;
    for (std::size_t i = 0; i < z.rows; ++i) sum += std::pow(z.row(i)[j], 4);
    greatest = std::max(greatest, sum / static_cast<double>(z.rows));
  }
  return greatest;
}

double mardia_score(const Matrix& points) {
  const Matrix z = in_units(points);
  const auto n = static_cast<double>(z.rows), d = static_cast<double>(z.columns);
  const kernels::SymmetricEigen eigen = kernels::symmetric_eigen(moments(z).covariance);
  if (!(eigen.values.at(0) > d * std::numeric_limits<double>::epsilon() * eigen.values.back()))
    return std::numeric_limits<double>::quiet_NaN();
  const Matrix along = kernels::multiply(z, eigen.vectors, false, true);
  double sum = 0;
  for (std::size_t i = 0; i < z.rows; ++i) {
    double square = 0;
    for (std::size_t j = 0; j < z.columns; ++j)
      square += along.row(i)[j] * along.row(i)[j] / eigen.values[j];
    // The covariance has n - 1 below the fraction, the statistic n.
    square *= n / (n - 1);
    sum += square * square;
  }
  return (sum / n - d * (d + 2) * (n - 1) / (n + 1)) / std::sqrt(8 * d * (d + 2) / n);
}

}  // namespace saddle::info
