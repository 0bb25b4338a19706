#pragma once

#include <saddle/tensor/matrix.hpp>

#include <vector>

namespace saddle::info {

// A mean [d] and a covariance [d, d].
struct Moments {
  std::vector<double> mean;
  Matrix covariance;
};

// The mean of points [n, d] and their covariance with n - 1 below the fraction, as numpy.cov's.
// NaN throughout for n < 2.
Moments moments(const Matrix& points);

// The squared Frechet (Wasserstein-2) distance of the Gaussians with these moments,
//   |m1 - m2|^2 + tr(S1 + S2) - 2 tr sqrt(S1 S2)
// (Dowson and Landau 1982; as a measure of samples Heusel et al. 2017). tr sqrt(S1 S2) is the sum
// of the roots of the eigenvalues of A^T S2 A, S1 = A A^T, with A from the symmetric
// eigendecomposition of the covariance of lower rank and only the directions in which it is not 0:
// eigenvalues up to d eps times the largest count as 0, so that a collapsed sample, whose
// covariance has low rank, has an exact distance. Never below 0; NaN for moments that are not
// finite. Throws PluginError for different dimensions.
double frechet_distance(const Moments& a, const Moments& b);

// The same between points [n, d] and [m, d] by their moments. Where there are fewer points than
// dimensions, tr sqrt(S1 S2) comes from the scalar products of the points and no [d, d] matrix is
// made. NaN for fewer than 2 points on a side, or one that is not finite. The distance of n points
// of the same law lies above 0, the more so the larger d / n is.
double frechet_distance(const Matrix& a, const Matrix& b);

}  // namespace saddle::info
