#pragma once

#include <saddle/info/neighbours.hpp>

#include <cstddef>

// Entropy and divergence by the distances to the k-th nearest neighbours. All throw SpecError for
// k = 0, and DataError for too few points, points without coordinates, or a number that is not
// finite. Both estimates have a bias that grows fast with the dimension.
namespace saddle::info {

// Kozachenko and Leonenko 1987, as Kraskov, Stoegbauer and Grassberger 2004, equation 20, have it:
//   h = psi(n) - psi(k) + ln c + d <ln r_i>
// of points x [n, d], n > k; r_i from x_i to its k-th nearest other point, c the volume of the unit
// ball of the norm. -infinity where k others coincide with a point. Its value depends on the scale
// of x: none is applied.
Pointwise kozachenko_leonenko(const Matrix& x, std::size_t k = 3, Norm norm = Norm::euclidean);

// KL(p || q) from points x [n, d] of p and y [m, d] of q, n > k and m >= k, by Wang, Kulkarni and
// Verdu 2009, equation 14:
//   d <ln(s_i / r_i)> + ln(m / (n - 1))
// with Euclidean distances from x_i, r_i to its k-th nearest other point of x and s_i to the k-th
// nearest of y. Infinite, with the sign of the formula, where k points coincide with an x_i, and
// NaN where both of its distances are 0. Throws PluginError for different dimensions.
Pointwise wang_kulkarni_verdu(const Matrix& x, const Matrix& y, std::size_t k = 5);

// The same with as many neighbours on either side as lie within one radius, their section III: of
// l_i other points of x and k_i of y within the larger of both distances above, the furthest are
// taken, and psi(l_i) - psi(k_i) is added to the term. Less biased where p and q differ much.
Pointwise wang_kulkarni_verdu_adaptive(const Matrix& x, const Matrix& y, std::size_t k = 5);

}  // namespace saddle::info
