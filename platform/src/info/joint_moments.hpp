#pragma once

#include <saddle/tensor/matrix.hpp>

namespace saddle::info {

// How far the third moments of points [n, d], and the fourth ones that two coordinates share, are
// from a Gaussian's. Of the whitened coordinates w and the Hermite polynomials h_k of norm 1 the
// means over the points of h_3(w_i), h_1(w_i) h_2(w_j), h_1(w_i) h_3(w_j) and h_2(w_i) h_2(w_j),
// each squared and times n, are about chi^2 of one degree of freedom for Gaussian points (smooth
// tests, Koziol 1987, "An alternative formulation of Neyman's smooth goodness of fit tests under
// composite alternatives"): the score is their sum less its expectation K, over sqrt(2 K). NaN
// where the covariance is singular. It sees dependence that leaves Mardia's kurtosis, a sum in
// which signs cancel, where it was.
double joint_moments_score(const Matrix& points);

}  // namespace saddle::info
