#pragma once

#include <saddle/base/schema.hpp>
#include <saddle/info/estimate.hpp>

#include <cstddef>
#include <vector>

// What the estimators of discrete laws share.
namespace saddle::estimators {

// The option that they inherit, described by `describe_bins<Options>(schema)`.
struct Binning {
  std::size_t bins = 0;
};

template <class O>
void describe_bins(Schema& s) {
  s.field(static_cast<std::size_t O::*>(&O::bins), "bins",
          "of equal width along each column, between its least and greatest number; 0 takes each "
          "distinct row as a symbol")
      .range(0, 1e6);
}

// The symbol of each row. Throws DataError for a column whose range no double holds.
std::vector<std::size_t> symbols_of(const Matrix& points, std::size_t bins);

// Whether there are at least two observations for each symbol seen, so that most of the alphabet
// has been seen at all.
bool is_well_seen(const std::vector<std::size_t>& symbols);

}  // namespace saddle::estimators
