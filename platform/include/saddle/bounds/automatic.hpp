#pragma once

#include <saddle/base/schema.hpp>
#include <saddle/tensor/matrix.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace saddle::bounds {

struct AutomaticOptions {
  std::size_t steps = 1500;  // of each critic, at most; 0 for none
  std::uint64_t seed = 1;    // of the folds and the critics
  static void describe(Schema& schema);
};

struct AutomaticEstimate {
  double value, standard_error;
  // What gave the value: "gaussian-copula" or "student-copula", "+critic" behind it where a critic
  // found more, or "neighbours".
  std::string chosen;
  // How far the pairs' ranks are from the elliptical contours of a Student copula that was chosen,
  // as a score of about standard normal law where they have them; 0 for another choice.
  double ellipticity = 0;
};

// I(x; y) of pairs x [n, dx], y [n, dy] in nats, by whatever is seen to hold on pairs that it was
// not fitted to. Every axis is replaced by its ranks, which information does not depend on.
//
// 1. A Gaussian copula, without the bias of its determinants; or a Student copula where that scores
//    higher on held-out pairs, by more than two standard errors.
// 2. What a critic, trained on top of the copula, adds to its score on held-out pairs, where that
//    is more than two standard errors above 0.
// 3. Nearest neighbours (`info::mixed_ksg`) in place of both where they find more, by three
//    standard errors: they are too low in many dimensions and under strong dependence.
//
// The standard error is that of the mean of the scores, or of the neighbours' terms.
//
// The score is the symmetric InfoNCE bound of held-out pairs, cross-fitted over two folds, so that
// every pair is held out once; its ceiling, ln of the pairs in a block, binds steps 1 and 2 only as
// far as a fitted copula does not extrapolate. The same at every number of threads.
//
// Throws DataError for fewer than `kAutomaticRows` pairs.
inline constexpr std::size_t kAutomaticRows = 40;
AutomaticEstimate automatic_information(const Matrix& x, const Matrix& y,
                                        const AutomaticOptions& options = {});

}  // namespace saddle::bounds
