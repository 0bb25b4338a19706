#pragma once

#include <saddle/base/schema.hpp>
#include <saddle/tensor/matrix.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

// One estimate with what a reader must know to trust it. Everything is in nats.
namespace saddle::info {

enum class Quantity { entropy, kl, mi };

// Points x [n, dx] and y [m, dy]. For an entropy y has no rows; for KL both are of one space, and
// the divergence is that of x's law from y's; for mutual information row i of both is one pair.
struct Sample {
  Matrix x, y;
};

struct Measured {
  double value, standard_error;
};

// An estimator with its options. Functions that may be empty say what holds then.
struct Estimator {
  Quantity quantity = Quantity::entropy;
  // The estimate, at any number of threads the same.
  std::function<double(const Sample&)> value;
  // The estimate with the standard error that the estimator finds itself; none where empty.
  std::function<Measured(const Sample&)> measured;
  // The fewest rows of x and of y that it takes; 2 where empty.
  std::function<std::size_t(const Sample&)> least_rows;
  // The most that it can return for a sample; NaN, none, where empty.
  std::function<double(const Sample&)> ceiling;
  // Whether the sample lies where answers are known to come out right; true where empty.
  std::function<bool(const Sample&)> in_range;
  // It is meant for points that coincide.
  bool takes_ties = false;
  // A value below 0 is an error of the estimate; false for differential entropies.
  bool is_positive = true;
};

// How the error and the baseline are found. Random choices depend on the seed alone.
struct Resampling {
  // "jackknife" leaves out one of the groups at a time: se^2 = (g - 1) / g sum (t_j - mean)^2
  // (Shao and Wu 1989). "subsampling" estimates from each group alone: se^2 = sum (t_j - mean)^2 /
  // ((g - 1) g) (Politis and Romano 1994; for neighbours Holmes and Nemenman 2019). "own" is
  // the estimator's, for those that have one. "none" skips it. Rows go to groups at random.
  std::string error = "jackknife";
  std::size_t groups = 20;
  std::uint64_t seed = 1;
  static void describe(Schema& s);
};

// The mean over so many shufflings of y's rows: what is found where there is no information.
struct Baseline {
  std::size_t permutations = 5;
  static void describe(Schema& s);
};

struct Estimate {
  double value;           // as the estimator gives it, never clamped
  double standard_error;  // NaN where there is none
  double baseline;        // NaN for all but mutual information
  double ceiling;         // NaN where the estimator has none
  std::size_t n;          // rows of x
  double duplicates;  // the share of rows that equal another, the greater one of x and y; for KL
                      // of the rows of both together
  // Of these, in this order:
  //   negative         the value is below 0, where the quantity cannot be
  //   saturated        it is above 90 % of the ceiling
  //   exceeds-entropy  information above the entropy of x or y, one that is discrete: half of its
  //                    rows have a twin; the entropy is Miller and Madow's
  //   ties             rows coincide, for an estimator of densities
  //   uncalibrated     saturated or not finite, or the sample is out of the estimator's range, or
  //                    the resamples show a bias of more than two standard errors: for the
  //                    jackknife (g - 1)(mean - value); for subsampling (mean - value) /
  //                    (sqrt(g) - 1), as of a bias that falls with the root of n
  std::vector<std::string> flags;

  bool has(const std::string& flag) const;
};

// Throws DataError, after `name`, for a sample that the estimator cannot take: too few rows, pairs
// that do not match, points of different spaces, numbers that are not finite, a column of one value
// for an estimator of densities.
Estimate assess(const Estimator& estimator, const std::string& name, const Sample& sample,
                const Resampling& resampling, const Baseline& baseline = {});

}  // namespace saddle::info
