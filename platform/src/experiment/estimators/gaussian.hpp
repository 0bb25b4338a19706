#pragma once

#include <saddle/tensor/matrix.hpp>

namespace saddle::estimators {

// Whether no moment up to the fourth tells points [n, d] from Gaussian ones: all fourth moments
// together and the third and fourth ones pair by pair stay within four and five standard deviations
// of a Gaussian's. The second score is of few terms for few columns, with the longer tail of chi^2,
// and smaller than it should be for ranks, whose moments are fixed.
bool looks_gaussian(const Matrix& points);

// The same of the normal scores of the ranks of x and y: whether theirs may be a Gaussian copula.
bool looks_like_gaussian_copula(const Matrix& x, const Matrix& y);

}  // namespace saddle::estimators
