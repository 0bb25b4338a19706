#include "info/marginal.hpp"

#include <algorithm>

namespace saddle::info {
namespace {

// How many of the numbers, from the first on, are as `of` says: those before all that are not.
// Without branches, as either half is as likely.
template <class Of>
std::size_t leading(const std::vector<double>& numbers, const Of& of) {
  const double* first = numbers.data();
  std::size_t length = numbers.size();
  while (length > 1) {
    const std::size_t half = length / 2;
    first += of(first[half - 1]) ? half : 0;
    length -= half;
  }
  return static_cast<std::size_t>(first - numbers.data()) + (of(*first) ? 1 : 0);
}

}  // namespace

Marginal::Marginal(const Matrix& points) {
  if (points.columns > 1) {
    tree_.emplace(points);
    return;
  }
  sorted_ = points.values;
  std::sort(sorted_.begin(), sorted_.end());
}

// By differences, as the tree: rounding keeps their order, so that both count the same.
std::size_t Marginal::count(const double* point, double distance) const {
  if (tree_) return tree_->count(point, distance);
  const double x = *point;
  const std::size_t below = leading(sorted_, [&](double y) { return x - y > distance; });
  const std::size_t upto = leading(sorted_, [&](double y) { return y - x <= distance; });
  return upto > below ? upto - below : 0;
}

}  // namespace saddle::info
