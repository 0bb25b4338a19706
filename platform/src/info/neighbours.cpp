#include <saddle/info/neighbours.hpp>

#include <saddle/base/error.hpp>

#include "base/text.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace saddle::info {
namespace {

void standardise(Matrix& points, std::size_t column) {
  const auto n = static_cast<double>(points.rows);
  const auto at = [&](std::size_t i) -> double& { return points.row(i)[column]; };
  double low = at(0), high = at(0), sum = 0, squares = 0;
  for (std::size_t i = 0; i < points.rows; ++i) {
    low = std::min(low, at(i));
    high = std::max(high, at(i));
    sum += at(i);
  }
  for (std::size_t i = 0; i < points.rows; ++i) squares += (at(i) - sum / n) * (at(i) - sum / n);
  const double deviation = std::sqrt(squares / n);
  // The mean of equal numbers may be rounded away from them.
  const bool constant = low == high;
  if (!constant && !std::isnormal(deviation))
    throw DataError("column " + std::to_string(column) +
                    " cannot be standardised: the square of its spread of " +
                    number_text(high - low) + " is beyond double precision. Rescale it.");
  for (std::size_t i = 0; i < points.rows; ++i)
    at(i) = constant ? 0 : (at(i) - sum / n) / deviation;
}

}  // namespace

Matrix standardised(Matrix points) {
  for (std::size_t j = 0; points.rows > 0 && j < points.columns; ++j) standardise(points, j);
  return points;
}

double duplicate_fraction(const Matrix& points) {
  if (points.rows == 0 || !all_finite(points)) return std::numeric_limits<double>::quiet_NaN();
  // With their first coordinate beside them, rows are sorted in place and seldom looked up.
  struct Keyed {
    double first;
    std::size_t row;
  };
  const std::size_t d = points.columns;
  std::vector<Keyed> rows(points.rows);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = {d > 0 ? points.row(i)[0] : 0, i};
  std::sort(rows.begin(), rows.end(), [&](const Keyed& a, const Keyed& b) {
    if (a.first != b.first) return a.first < b.first;
    return std::lexicographical_compare(points.row(a.row), points.row(a.row) + d, points.row(b.row),
                                        points.row(b.row) + d);
  });
  const auto equal = [&](std::size_t i, std::size_t j) {
    return std::equal(points.row(rows[i].row), points.row(rows[i].row) + d,
                      points.row(rows[j].row));
  };
  std::size_t duplicates = 0;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if ((i > 0 && equal(i - 1, i)) || (i + 1 < rows.size() && equal(i, i + 1))) ++duplicates;
  return static_cast<double>(duplicates) / static_cast<double>(points.rows);
}

}  // namespace saddle::info
