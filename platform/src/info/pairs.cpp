#include "info/pairs.hpp"

#include <saddle/base/error.hpp>

#include <limits>
#include <string>

namespace saddle::info {
namespace {

// The sum of term(j) for j in [0, d). Separate lanes let it be vectorised.
template <class Term>
double sum_terms(std::size_t d, const Term& term) {
  constexpr std::size_t kLanes = 8;
  double lanes[kLanes] = {};
  std::size_t j = 0;
  for (; j + kLanes <= d; j += kLanes)
    for (std::size_t lane = 0; lane < kLanes; ++lane) lanes[lane] += term(j + lane);
  for (; j < d; ++j) lanes[0] += term(j);
  double sum = 0;
  for (const double lane : lanes) sum += lane;
  return sum;
}

}  // namespace

double squared_distance(const double* x, const double* y, std::size_t d) {
  return sum_terms(d, [=](std::size_t j) { return (x[j] - y[j]) * (x[j] - y[j]); });
}

double scalar_product(const double* x, const double* y, std::size_t d) {
  return sum_terms(d, [=](std::size_t j) { return x[j] * y[j]; });
}

void require_same_dimension(const char* what, const Matrix& a, const Matrix& b) {
  if (a.columns != b.columns)
    throw PluginError(std::string(what) + " needs points of one space: there are some of " +
                      std::to_string(a.columns) + " and some of " + std::to_string(b.columns) +
                      " dimensions.");
}

Matrix side_by_side(const Matrix& x, const Matrix& y) {
  if (x.rows != y.rows)
    throw PluginError("mutual information needs pairs: there are " + std::to_string(x.rows) +
                      " of x and " + std::to_string(y.rows) + " of y.");
  Matrix both(x.rows, x.columns + y.columns);
  for (std::size_t i = 0; i < x.rows; ++i)
    std::copy_n(y.row(i), y.columns, std::copy_n(x.row(i), x.columns, both.row(i)));
  return both;
}

Matrix stacked(const Matrix& x, const Matrix& y) {
  require_same_dimension("a sample of both laws", x, y);
  Matrix both = x;
  both.values.insert(both.values.end(), y.values.begin(), y.values.end());
  both.rows += y.rows;
  return both;
}

double median(std::vector<double> values) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*std::max_element(values.begin(), middle) + *middle) / 2;
}

}  // namespace saddle::info
