#pragma once

#include <saddle/tensor/matrix.hpp>

#include <vector>

namespace saddle::info {

// The symmetric a^-1/2; eigenvalues that rounding made too small count as the least sound one.
Matrix inverse_root(const Matrix& a);
// |x_i|^2 of each row.
std::vector<double> squared_lengths(const Matrix& x);

// The shape of points z [n, d] around 0, scaled to a unit diagonal: the fixed point of
// R = sum w z z^T, w = (nu + d) / (nu + z^T R^-1 z), for Student's law of nu degrees of freedom
// (Maronna 1976). Infinite freedom gives the correlations; 0 gives Tyler's shape (1987), which is
// right for all elliptical laws.
Matrix dispersion(const Matrix& z, double freedom);

}  // namespace saddle::info
