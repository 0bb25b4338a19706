#pragma once

#include <cstddef>
#include <map>
#include <vector>

namespace saddle::info {

// Counts by how often each occurs: what symmetric functions of counts depend on.
struct CountTable {
  std::map<double, double> symbols;  // count > 0 -> how many symbols have it
  double total = 0;                  // N
  double seen = 0;                   // K

  // Throws PluginError for a count that is no whole number >= 0.
  explicit CountTable(const std::vector<double>& counts);

  // The sum of term(n) over the counts n > 0.
  template <class Term>
  double sum(const Term& term) const {
    double result = 0;
    for (const auto& [count, times] : symbols) result += times * term(count);
    return result;
  }
};

}  // namespace saddle::info
