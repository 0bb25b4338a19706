#include "info/neighbour_terms.hpp"

#include <saddle/base/error.hpp>

#include "info/special.hpp"

#include <cmath>
#include <numeric>
#include <string>

namespace saddle::info {

void require_points(const char* what, const char* name, const Matrix& points) {
  const std::string subject = std::string(what) + " needs ";
  if (points.columns == 0)
    throw DataError(subject + "points of one dimension or more: " + name + " has no columns.");
  const auto bad = std::find_if(points.values.begin(), points.values.end(),
                                [](double value) { return !std::isfinite(value); });
  if (bad == points.values.end()) return;
  const auto place = static_cast<std::size_t>(bad - points.values.begin());
  throw DataError(subject + "finite numbers: " + name + " has " + std::to_string(*bad) +
                  " in row " + std::to_string(place / points.columns) + ", column " +
                  std::to_string(place % points.columns) + ". Leave such rows out.");
}

void require_neighbours(const char* what, std::size_t points, std::size_t k) {
  if (k == 0) throw SpecError(std::string(what) + " needs k of 1 or more: it is 0.");
  if (points <= k)
    throw DataError(std::string(what) + " needs more than k = " + std::to_string(k) +
                    " points: there are " + std::to_string(points) + ".");
}

void require_pairs(const char* what, const Matrix& x, const char* name, const Matrix& y) {
  if (x.rows != y.rows)
    throw DataError(std::string(what) + " takes x and " + name + " in pairs: there are " +
                    std::to_string(x.rows) + " rows of x and " + std::to_string(y.rows) + " of " +
                    name + ".");
}

DigammaTable::DigammaTable(std::size_t n) : values_(n) {
  for (std::size_t i = 0; i < n; ++i) values_[i] = digamma(static_cast<double>(i + 1));
}

Pointwise pointwise(std::vector<double> terms) {
  const double sum = std::accumulate(terms.begin(), terms.end(), 0.0);
  return {sum / static_cast<double>(terms.size()), std::move(terms)};
}

}  // namespace saddle::info
