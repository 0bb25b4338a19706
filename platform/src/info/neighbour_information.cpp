#include <saddle/info/neighbour_information.hpp>

#include "info/marginal.hpp"
#include "info/neighbour_terms.hpp"
#include "info/pairs.hpp"
#include "info/special.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace saddle::info {
namespace {

using Tree = KdTree<MaximumNorm>;

// Checked, scaled as asked, and side by side.
struct Pairs {
  Matrix x, y, both;
};

Pairs pairs(const char* what, const Matrix& x, const Matrix& y, const Neighbours& options) {
  require_pairs(what, x, "y", y);
  require_points(what, "x", x);
  require_points(what, "y", y);
  require_neighbours(what, x.rows, options.k);
  if (!options.standardise) return {x, y, side_by_side(x, y)};
  Matrix scaled_x = standardised(x), scaled_y = standardised(y);
  Matrix both = side_by_side(scaled_x, scaled_y);
  return {std::move(scaled_x), std::move(scaled_y), std::move(both)};
}

// To the k-th nearest other point.
double kth_distance(const Tree& tree, const double* point, std::size_t k) {
  thread_local std::vector<Neighbour> found;
  tree.nearest(point, k + 1, found);
  return found.back().measure;
}

// Points strictly nearer than `distance`, the point itself always among them.
std::size_t nearer(const Marginal& points, const double* point, double distance) {
  return std::max<std::size_t>(points.count(point, below(distance)), 1);
}

}  // namespace

Pointwise ksg1(const Matrix& x, const Matrix& y, const Neighbours& options) {
  const Pairs of = pairs("KSG 1", x, y, options);
  const Tree joint(of.both);
  const Marginal in_x(of.x), in_y(of.y);
  const DigammaTable psi(x.rows);
  return pointwise(joint.order(), [&](std::size_t i) {
    const double radius = kth_distance(joint, of.both.row(i), options.k);
    return psi(options.k) + psi(x.rows) - psi(nearer(in_x, of.x.row(i), radius)) -
           psi(nearer(in_y, of.y.row(i), radius));
  });
}

Pointwise ksg2(const Matrix& x, const Matrix& y, const Neighbours& options) {
  const Pairs of = pairs("KSG 2", x, y, options);
  const Tree joint(of.both);
  const Marginal in_x(of.x), in_y(of.y);
  const DigammaTable psi(x.rows);
  const double constant = psi(options.k) - 1 / static_cast<double>(options.k) + psi(x.rows);
  return pointwise(joint.order(), [&](std::size_t i) {
    thread_local std::vector<double> widths;
    widths.resize(of.both.columns);
    const double* point = of.both.row(i);
    joint.widths(point, kth_distance(joint, point, options.k), widths.data());
    const auto middle = widths.begin() + static_cast<std::ptrdiff_t>(x.columns);
    const double width_x = *std::max_element(widths.begin(), middle);
    const double width_y = *std::max_element(middle, widths.end());
    return constant - psi(in_x.count(of.x.row(i), width_x) - 1) -
           psi(in_y.count(of.y.row(i), width_y) - 1);
  });
}

Pointwise conditional_ksg(const Matrix& x, const Matrix& y, const Matrix& z,
                          const Neighbours& options) {
  constexpr const char* kName = "conditional KSG";
  require_pairs(kName, x, "z", z);
  require_points(kName, "z", z);
  const Pairs of = pairs(kName, x, y, options);
  const Matrix given = options.standardise ? standardised(z) : z;
  const Matrix xz = side_by_side(of.x, given), yz = side_by_side(of.y, given),
               all = side_by_side(of.both, given);
  const Tree joint(all);
  const Marginal in_xz(xz), in_yz(yz), in_z(given);
  const DigammaTable psi(x.rows);
  return pointwise(joint.order(), [&](std::size_t i) {
    const double radius = kth_distance(joint, all.row(i), options.k);
    return psi(options.k) - psi(nearer(in_xz, xz.row(i), radius)) -
           psi(nearer(in_yz, yz.row(i), radius)) + psi(nearer(in_z, given.row(i), radius));
  });
}

Pointwise mixed_ksg(const Matrix& x, const Matrix& y, const Neighbours& options) {
  const Pairs of = pairs("mixed KSG", x, y, options);
  const Tree joint(of.both);
  const Marginal in_x(of.x), in_y(of.y);
  const DigammaTable psi(x.rows);
  const double log_n = std::log(static_cast<double>(x.rows));
  return pointwise(joint.order(), [&](std::size_t i) {
    const double distance = kth_distance(joint, of.both.row(i), options.k);
    const bool tied = distance == 0;
    const double within = tied ? 0 : below(distance);
    const std::size_t k = tied ? joint.count(of.both.row(i), 0) : options.k;
    return psi(k) + log_n - psi(in_x.count(of.x.row(i), within)) -
           psi(in_y.count(of.y.row(i), within));
  });
}

Pointwise label_ksg(const std::vector<std::size_t>& labels, const Matrix& y,
                    const Neighbours& options) {
  // Beyond every distance of points, whose difference would get lost beside it.
  constexpr double kApart = 1e150;
  Matrix x(labels.size(), 1);
  for (std::size_t i = 0; i < labels.size(); ++i)
    x.values[i] = kApart * static_cast<double>(labels[i]);
  Pointwise found = mixed_ksg(x, options.standardise ? standardised(y) : y, {options.k, false});
  const auto n = static_cast<double>(labels.size());
  const double shift = digamma(n) - std::log(n);
  found.value += shift;
  for (double& term : found.terms) term += shift;
  return found;
}

}  // namespace saddle::info
