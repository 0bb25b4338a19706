#pragma once

#include <saddle/info/neighbours.hpp>

#include "info/kd_tree.hpp"
#include "tensor/parallel.hpp"

#include <cstddef>
#include <optional>
#include <vector>

// Parts of the nearest-neighbour estimators.
namespace saddle::info {

// Throw as Neighbours says; `what` names the estimator, `name` the sample.
void require_points(const char* what, const char* name, const Matrix& points);
void require_neighbours(const char* what, std::size_t points, std::size_t k);
void require_pairs(const char* what, const Matrix& x, const char* name, const Matrix& y);

// psi(1) to psi(n).
class DigammaTable {
 public:
  explicit DigammaTable(std::size_t n);
  double operator()(std::size_t m) const { return values_[m - 1]; }

 private:
  std::vector<double> values_;
};

// The mean of terms, added in order.
Pointwise pointwise(std::vector<double> terms);

// term(i) for each row of `order`, in that order but shared among threads.
template <class Term>
Pointwise pointwise(const std::vector<std::size_t>& order, const Term& term) {
  constexpr std::size_t kGrain = 64;
  std::vector<double> terms(order.size());
  kernels::for_ranges(order.size(), kGrain, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) terms[order[i]] = term(order[i]);
  });
  return pointwise(std::move(terms));
}

}  // namespace saddle::info
