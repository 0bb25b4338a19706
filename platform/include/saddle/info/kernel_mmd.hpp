#pragma once

#include <saddle/tensor/matrix.hpp>

#include <cstddef>
#include <functional>

namespace saddle::info {

// k(x, y) of two points of d numbers.
using PointKernel = std::function<double(const double* x, const double* y, std::size_t d)>;

// (x.y / d + 1)^3, the kernel of the kernel inception distance (Binkowski et al. 2018).
PointKernel cubic_kernel();
// exp(-|x - y|^2 / (2 bandwidth^2)).
PointKernel gaussian_kernel(double bandwidth);
// The median distance between two of the points [n, d]: the usual bandwidth (Gretton et al. 2012,
// section 8). 0 where more than half of the pairs coincide, NaN for fewer than 2 points.
double median_distance(const Matrix& points);

// Estimates of the squared maximum mean discrepancy E k(x, x') + E k(y, y') - 2 E k(x, y).
struct Mmd {
  // Without the pairs of a point and itself (Gretton et al. 2012, equation 3): of mean 0 between
  // samples of one law, and then negative more often than not.
  double unbiased;
  // With them (equation 5): never negative but for rounding, too high by about
  // (E k(x, x) - E k(x, x')) / n for each side.
  double biased;
};

// Of x [n, d] and y [m, d]. NaN for fewer than 2 points on a side or one that is not finite. Throws
// PluginError for different dimensions.
Mmd mmd(const Matrix& x, const Matrix& y, const PointKernel& kernel);

}  // namespace saddle::info
