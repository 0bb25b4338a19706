#include <saddle/info/neighbour_information.hpp>

#include <saddle/base/error.hpp>

#include "base/text.hpp"
#include "info/neighbour_terms.hpp"
#include "info/pairs.hpp"
#include "info/slope.hpp"

#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace saddle::info {
namespace {

double threshold(std::size_t d, std::size_t k, std::optional<double> alpha) {
  if (k < d)
    throw SpecError("LNC needs k of at least the dimensions of x and y together, " +
                    std::to_string(d) + ": it is " + std::to_string(k) + ".");
  if (alpha && !(*alpha > 0 && *alpha <= 1))
    throw SpecError("LNC needs alpha in (0, 1]: it is " + number_text(*alpha) + ".");
  return alpha ? *alpha : uniform_slope_share(d, k);
}

}  // namespace

Pointwise lnc(const Matrix& x, const Matrix& y, const Neighbours& options,
              std::optional<double> alpha) {
  std::vector<double> terms = ksg2(x, y, options).terms;
  const double least = std::log(threshold(x.columns + y.columns, options.k, alpha));
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
    const double slope = log_slope_share(std::move(offsets));
    // NaN passes through.
    return slope >= least ? 0 : -slope;
  });
  for (std::size_t i = 0; i < terms.size(); ++i) terms[i] += corrections.terms[i];
  return pointwise(std::move(terms));
}

}  // namespace saddle::info
