#include <saddle/info/neighbour_information.hpp>

#include <saddle/base/error.hpp>

#include "base/text.hpp"
#include "info/neighbour_terms.hpp"
#include "info/pairs.hpp"
#include "tensor/linear_algebra.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace saddle::info {
namespace {

// The share that fewer than 0.5 % of uniform samples undercut. The authors' table names its first
// column k and its second d, but holds them the other way round.
struct Threshold {
  std::size_t d, k;
  double alpha;
};
constexpr Threshold kThresholds[] = {
    {3, 4, 0.0778},  {3, 6, 0.2501},  {3, 10, 0.4900}, {5, 6, 0.0240},   {5, 8, 0.1233},
    {5, 10, 0.2394}, {5, 15, 0.4985}, {5, 20, 0.6795}, {10, 11, 0.0037}, {10, 20, 0.3981},
};

double threshold(std::size_t d, std::size_t k, std::optional<double> alpha) {
  if (k < d)
    throw SpecError("LNC needs k of at least the dimensions of x and y together, " +
                    std::to_string(d) + ": it is " + std::to_string(k) + ".");
  if (alpha && !(*alpha > 0 && *alpha <= 1))
    throw SpecError("LNC needs alpha in (0, 1]: it is " + number_text(*alpha) + ".");
  if (alpha) return *alpha;
  for (const Threshold& known : kThresholds)
    if (known.d == d && known.k == k) return known.alpha;
  throw SpecError("LNC knows no alpha for " + std::to_string(d) +
                  " dimensions and k = " + std::to_string(k) + ". Give one.");
}

// The sum of ln of the largest size in each column.
double log_box(const Matrix& offsets) {
  double sum = 0;
  for (std::size_t j = 0; j < offsets.columns; ++j) {
    double widest = 0;
    for (std::size_t i = 0; i < offsets.rows; ++i)
      widest = std::max(widest, std::abs(offsets.row(i)[j]));
    sum += std::log(widest);
  }
  return sum;
}

// Of offsets [k, d] from a point to its neighbours.
double correction(Matrix offsets, double alpha) {
  double widest = 0;
  for (const double x : offsets.values) widest = std::max(widest, std::abs(x));
  if (widest == 0) return 0;
  // So that squares stay in range; the ratio of the boxes is the same.
  for (double& x : offsets.values) x /= widest;
  if (!all_finite(offsets)) return std::numeric_limits<double>::quiet_NaN();
  const kernels::SymmetricEigen axes =
      kernels::symmetric_eigen(kernels::multiply(offsets, offsets, true, false));
  const double box = log_box(offsets);
  const double turned = log_box(kernels::multiply(offsets, axes.vectors, false, true));
  return turned < box + std::log(alpha) ? box - turned : 0;
}

}  // namespace

Pointwise lnc(const Matrix& x, const Matrix& y, const Neighbours& options,
              std::optional<double> alpha) {
  std::vector<double> terms = ksg2(x, y, options).terms;
  const double share = threshold(x.columns + y.columns, options.k, alpha);
  const Matrix points =
      options.standardise ? side_by_side(standardised(x), standardised(y)) : side_by_side(x, y);
  const KdTree<MaximumNorm> tree(points);
  const Pointwise corrections = pointwise(tree.order(), [&](std::size_t i) {
    std::vector<Neighbour> found;
    tree.nearest(points.row(i), options.k + 1, found);
    // The point itself is among them and, at offset 0, changes nothing.
    Matrix offsets(found.size(), points.columns);
    for (std::size_t neighbour = 0; neighbour < found.size(); ++neighbour)
      for (std::size_t j = 0; j < points.columns; ++j)
        offsets.row(neighbour)[j] = points.row(found[neighbour].row)[j] - points.row(i)[j];
    return correction(std::move(offsets), share);
  });
  for (std::size_t i = 0; i < terms.size(); ++i) terms[i] += corrections.terms[i];
  return pointwise(std::move(terms));
}

}  // namespace saddle::info
