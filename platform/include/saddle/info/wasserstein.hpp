#pragma once

#include <saddle/tensor/matrix.hpp>

#include <vector>

namespace saddle::info {

// The Wasserstein-1 distance of two samples of numbers: the integral over u in (0, 1) of the
// distance of their u-quantiles, which for equal counts is the mean distance of the sorted numbers.
// NaN for a sample without numbers, or with one that is not finite.
double wasserstein_1(std::vector<double> x, std::vector<double> y);

// The sliced Wasserstein-1 distance of x [n, d] and y [m, d]: the mean over directions [p, d] of
// the distance of the samples' projections x . v / |v| (Rabin et al. 2011; Bonneel et al. 2015).
// NaN as above, and for a direction of length 0. Throws PluginError for different dimensions.
double sliced_wasserstein(const Matrix& x, const Matrix& y, const Matrix& directions);

}  // namespace saddle::info
