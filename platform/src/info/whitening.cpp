#include "info/whitening.hpp"

#include <saddle/info/frechet.hpp>

#include "tensor/linear_algebra.hpp"

#include <cmath>
#include <limits>

namespace saddle::info {

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

std::optional<Matrix> whitened(const Matrix& points) {
  const Matrix z = in_units(points);
  const auto n = static_cast<double>(z.rows), d = static_cast<double>(z.columns);
  const kernels::SymmetricEigen eigen = kernels::symmetric_eigen(moments(z).covariance);
  if (!(eigen.values.at(0) > d * std::numeric_limits<double>::epsilon() * eigen.values.back()))
    return std::nullopt;
  Matrix along = kernels::multiply(z, eigen.vectors, false, true);
  for (std::size_t i = 0; i < z.rows; ++i)
    for (std::size_t j = 0; j < z.columns; ++j)
      along.row(i)[j] /= std::sqrt(eigen.values[j] * (n - 1) / n);
  return kernels::multiply(along, eigen.vectors);
}

}  // namespace saddle::info
