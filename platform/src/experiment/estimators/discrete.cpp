#include "experiment/estimators/discrete.hpp"

#include <saddle/base/error.hpp>
#include <saddle/info/histogram.hpp>
#include <saddle/info/symbols.hpp>

#include "base/text.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace saddle::estimators {
namespace {

// The number of its bin in place of each number; 0 in a constant column.
Matrix binned(Matrix points, std::size_t bins) {
  for (std::size_t j = 0; j < points.columns && points.rows > 0; ++j) {
    double low = points.row(0)[j], high = low;
    for (std::size_t i = 0; i < points.rows; ++i) {
      low = std::min(low, points.row(i)[j]);
      high = std::max(high, points.row(i)[j]);
    }
    if (!std::isfinite(high - low))
      throw DataError("column " + std::to_string(j) + " runs from " + number_text(low) + " to " +
                      number_text(high) + ", too far for bins. Scale it.");
    const std::vector<info::Axis> axis = {{low, high, bins}};
    for (std::size_t i = 0; i < points.rows; ++i) {
      double& x = points.row(i)[j];
      x = low < high ? static_cast<double>(info::bin_of(axis, &x).value_or(0)) : 0;
    }
  }
  return points;
}

}  // namespace

std::vector<std::size_t> symbols_of(const Matrix& points, std::size_t bins) {
  return info::symbols_of(bins > 0 ? binned(points, bins) : points);
}

bool is_well_seen(const std::vector<std::size_t>& symbols) {
  const auto seen = symbols.empty() ? 0 : *std::max_element(symbols.begin(), symbols.end()) + 1;
  return symbols.size() >= 2 * seen;
}

}  // namespace saddle::estimators
