#pragma once

#include <saddle/info/neighbours.hpp>

#include <cstddef>
#include <optional>
#include <vector>

// I(x; y) of paired rows x [n, dx] and y [n, dy] by nearest neighbours in the joint space, in the
// maximum norm. Errors as Neighbours says. Where k others coincide with a point (x_i, y_i), no
// formula but mixed_ksg's means anything: see duplicate_fraction.
namespace saddle::info {

// Kraskov, Stoegbauer and Grassberger 2004, equation 8:
//   psi(k) + psi(n) - <psi(n_x + 1) + psi(n_y + 1)>
// with n_x other points strictly nearer in x than the k-th neighbour. At most psi(n) - psi(k) where
// no points coincide; it nears that and says no more as x and y determine each other.
Pointwise ksg1(const Matrix& x, const Matrix& y, const Neighbours& options = {});

// Their equation 9:
//   psi(k) - 1 / k + psi(n) - <psi(n_x) + psi(n_y)>
// with n_x other points at most as far in x as the furthest of the k neighbours is in x. Where
// points tie for the k-th place, all of them are neighbours.
Pointwise ksg2(const Matrix& x, const Matrix& y, const Neighbours& options = {});

// I(x; y | z) of Frenzel and Pompe 2007, equation 8:
//   psi(k) - <psi(n_xz + 1) + psi(n_yz + 1) - psi(n_z + 1)>
// with strict counts as in ksg1. z [n, dz].
Pointwise conditional_ksg(const Matrix& x, const Matrix& y, const Matrix& z,
                          const Neighbours& options = {});

// For numbers, labels and mixtures of both, Gao, Kannan, Oh and Viswanath 2017, algorithm 1:
//   <psi(k_i) + ln n - psi(n_x) - psi(n_y)>
// where counts hold the point itself: those strictly nearer than the k-th neighbour, with k_i = k,
// or, where that is at distance 0, all that coincide, k_i of them in both. (The paper's
// ln(n_x + 1), beside strict counts, is biased by up to 0.1.) For labels alone it is near the
// plug-in estimate, without ties it is ksg1 + ln n - psi(n).
Pointwise mixed_ksg(const Matrix& x, const Matrix& y, const Neighbours& options = {});

// I(label; y) of labels and points, Ross 2014, equation 1: mixed_ksg + psi(n) - ln n with points of
// different labels infinitely far apart. In mixed_ksg itself a label is a coordinate among others,
// and says nothing where the neighbours in y are further than labels differ, as they are in many
// dimensions. Too low where labels have no more than k points.
Pointwise label_ksg(const std::vector<std::size_t>& labels, const Matrix& y,
                    const Neighbours& options = {});

// ksg2 corrected for neighbours that lie along a slope, Gao, Ver Steeg and Galstyan 2015, equation
// 11: where the box along the principal axes of a point's k neighbours, centred on it, holds less
// than a share alpha of the box along the coordinates, the logarithm of the ratio is added to the
// term. Meant for strong dependence. A slope within x alone counts too, so that x and y should be
// numbers or have coordinates that depend little on each other. Needs k >= dx + dy. alpha, in
// (0, 1], is by default what 0.5 % of uniform neighbourhoods fall below, as the authors advise.
// Throws SpecError for another k or alpha.
Pointwise lnc(const Matrix& x, const Matrix& y, const Neighbours& options = {},
              std::optional<double> alpha = std::nullopt);

}  // namespace saddle::info
