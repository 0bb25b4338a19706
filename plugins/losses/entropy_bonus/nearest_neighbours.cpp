#include "nearest_neighbours.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace saddle::entropy_bonus {
namespace {

double squared_distance(const Scalar* a, const Scalar* b, std::size_t d) {
  double sum = 0;
  for (std::size_t j = 0; j < d; ++j) {
    const double difference = double{a[j]} - double{b[j]};
    sum += difference * difference;
  }
  // NaN has no place in an order; its own row still comes out as NaN.
  return std::isnan(sum) ? std::numeric_limits<double>::infinity() : sum;
}

// Row i holds a 1 at the k-th nearest other row; of equally near ones the first is the nearest.
Tensor neighbour_choice(const Tensor& x, std::size_t k) {
  const std::size_t n = x.shape(0), d = x.shape(1);
  Tensor choice = zeros({n, n});
  std::vector<std::pair<double, std::size_t>> others(n - 1);
  for (std::size_t i = 0; i < n; ++i) {
    auto next = others.begin();
    for (std::size_t j = 0; j < n; ++j)
      if (j != i) *next++ = {squared_distance(x.data() + i * d, x.data() + j * d, d), j};
    const auto found = others.begin() + static_cast<std::ptrdiff_t>(k - 1);
    std::nth_element(others.begin(), found, others.end());
    choice(i, found->second) = 1;
  }
  return choice;
}

}  // namespace

Variable neighbour_distances(const Variable& x, std::size_t k) {
  return norm_rows(x - matmul(Variable(neighbour_choice(x.value(), k)), x));
}

}  // namespace saddle::entropy_bonus
