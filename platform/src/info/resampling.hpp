#pragma once

#include <saddle/info/estimate.hpp>

namespace saddle::info {

// What resampling tells of an estimate.
struct Spread {
  double standard_error;
  double bias;  // of the whole sample's estimate
};

// NaN where the sample is too small for two groups. `value` is the estimate from the whole sample.
Spread spread_of(const Estimator& estimator, const Sample& sample, double value,
                 const Resampling& resampling);

// The mean estimate over shufflings of y's rows; NaN for none.
double permuted_baseline(const Estimator& estimator, const Sample& sample, std::size_t permutations,
                         std::uint64_t seed);

}  // namespace saddle::info
