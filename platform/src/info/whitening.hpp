#pragma once

#include <saddle/tensor/matrix.hpp>

#include <optional>

namespace saddle::info {

// Columns of mean 0 and, where they are not constant, variance 1, with n - 1 below the fraction.
Matrix in_units(Matrix points);

// Points whose covariance, with n below the fraction, is the identity: less their mean and times
// the symmetric root of the inverse covariance of in_units(points). Nothing where that is singular.
std::optional<Matrix> whitened(const Matrix& points);

}  // namespace saddle::info
