#pragma once

#include <saddle/tensor/matrix.hpp>

namespace saddle::info {

// How far points [n, d] around 0 are from any elliptical law: joint_moments_score of the points
// when they have been whitened by Tyler's shape, and their lengths replaced by a Gaussian's of the
// same ranks. Directions of an elliptical law are then those of a Gaussian, whatever its tails are.
// About standard normal for elliptical points, skewed to the right.
double ellipticity_score(const Matrix& points);

}  // namespace saddle::info
