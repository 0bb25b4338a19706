#include <saddle/info/neighbour_entropy.hpp>

#include <saddle/base/error.hpp>

#include "info/neighbour_terms.hpp"
#include "info/pairs.hpp"
#include "info/special.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace saddle::info {
namespace {

constexpr double kPi = 3.14159265358979323846;

// ln of the distance with this measure, and of the unit ball's volume.
double log_distance(MaximumNorm, double measure) { return std::log(measure); }
double log_distance(EuclideanNorm, double measure) { return std::log(measure) / 2; }
double log_unit_ball(MaximumNorm, double d) { return d * std::log(2.0); }
double log_unit_ball(EuclideanNorm, double d) {
  return d / 2 * std::log(kPi) - std::lgamma(d / 2 + 1);
}

// To the k-th nearest point of the tree.
template <class Tree>
double kth_measure(const Tree& tree, const double* point, std::size_t k) {
  thread_local std::vector<Neighbour> found;
  tree.nearest(point, k, found);
  return found.back().measure;
}

template <class Norm>
Pointwise entropy(const Matrix& x, std::size_t k) {
  const auto n = static_cast<double>(x.rows), d = static_cast<double>(x.columns);
  const double constant = digamma(n) - digamma(static_cast<double>(k)) + log_unit_ball(Norm{}, d);
  const KdTree<Norm> tree(x);
  return pointwise(tree.order(), [&](std::size_t i) {
    return constant + d * log_distance(Norm{}, kth_measure(tree, x.row(i), k + 1));
  });
}

void require_two_samples(const Matrix& x, const Matrix& y, std::size_t k) {
  constexpr const char* kName = "Wang-Kulkarni-Verdu";
  require_same_dimension(kName, x, y);
  require_points(kName, "x", x);
  require_points(kName, "y", y);
  require_neighbours(kName, x.rows, k);
  if (y.rows < k)
    throw DataError(std::string(kName) + " needs k = " + std::to_string(k) +
                    " points of y: there are " + std::to_string(y.rows) + ".");
}

// d ln(s / r) of the distances with these measures.
double log_ratio(const Matrix& x, double s, double r) {
  return static_cast<double>(x.columns) *
         (log_distance(EuclideanNorm{}, s) - log_distance(EuclideanNorm{}, r));
}

double log_share(const Matrix& x, const Matrix& y) {
  return std::log(static_cast<double>(y.rows) / static_cast<double>(x.rows - 1));
}

}  // namespace

Pointwise kozachenko_leonenko(const Matrix& x, std::size_t k, Norm norm) {
  require_points("Kozachenko-Leonenko", "x", x);
  require_neighbours("Kozachenko-Leonenko", x.rows, k);
  return norm == Norm::maximum ? entropy<MaximumNorm>(x, k) : entropy<EuclideanNorm>(x, k);
}

Pointwise wang_kulkarni_verdu(const Matrix& x, const Matrix& y, std::size_t k) {
  require_two_samples(x, y, k);
  const KdTree<EuclideanNorm> own(x), other(y);
  const double constant = log_share(x, y);
  return pointwise(own.order(), [&](std::size_t i) {
    const double r = kth_measure(own, x.row(i), k + 1), s = kth_measure(other, x.row(i), k);
    return log_ratio(x, s, r) + constant;
  });
}

Pointwise wang_kulkarni_verdu_adaptive(const Matrix& x, const Matrix& y, std::size_t k) {
  require_two_samples(x, y, k);
  const KdTree<EuclideanNorm> own(x), other(y);
  const double constant = log_share(x, y);
  const DigammaTable psi(std::max(x.rows, y.rows));
  return pointwise(own.order(), [&](std::size_t i) {
    const double radius =
        std::max(kth_measure(own, x.row(i), k + 1), kth_measure(other, x.row(i), k));
    const Ball near = own.ball(x.row(i), radius), across = other.ball(x.row(i), radius);
    return log_ratio(x, across.furthest, near.furthest) + psi(near.count - 1) - psi(across.count) +
           constant;
  });
}

}  // namespace saddle::info
