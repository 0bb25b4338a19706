#include <saddle/info/symbols.hpp>

#include <algorithm>
#include <numeric>

namespace saddle::info {

std::vector<std::size_t> symbols_of(const Matrix& points) {
  const std::size_t n = points.rows, d = points.columns;
  std::vector<std::size_t> order(n), symbols(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto less = [&](std::size_t a, std::size_t b) {
    const double *x = points.row(a), *y = points.row(b);
    return std::lexicographical_compare(x, x + d, y, y + d);
  };
  std::sort(order.begin(), order.end(), less);
  for (std::size_t i = 1; i < n; ++i)
    symbols[order[i]] = symbols[order[i - 1]] + (less(order[i - 1], order[i]) ? 1 : 0);
  return symbols;
}

std::vector<double> symbol_counts(const std::vector<std::size_t>& symbols) {
  std::vector<double> counts;
  for (const std::size_t symbol : symbols) {
    if (symbol >= counts.size()) counts.resize(symbol + 1);
    ++counts[symbol];
  }
  return counts;
}

}  // namespace saddle::info
