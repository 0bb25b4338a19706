#pragma once

#include <saddle/info/elliptical_copula.hpp>

#include "bounds/pair_critic.hpp"
#include "bounds/pairs.hpp"
#include "bounds/training.hpp"

namespace saddle::bounds {

// Paired points in the two forms that a corrected copula needs: rank scores for the copula's
// freedom, and for a Gaussian, which the critic sees. [n, dx] and [n, dy]
struct PairedScores {
  Matrix x, y;
  Matrix gaussian_x, gaussian_y;
};

// A log density ratio base(x, y) + T(x, y): what a copula says, and a critic that learned by the
// symmetric InfoNCE bound what the copula misses. It begins at T near 0.
class CorrectedCopula {
 public:
  // Fits T to pairs `fit`, stops by pairs `check`, both rows of `scores`; draws from `stream`.
  // References are kept.
  CorrectedCopula(const info::EllipticalCopula& base, const PairedScores& scores, const Rows& fit,
                  const Rows& check, const Training& training, const RandomStream& stream);

  // Of all pairs of these rows, [n] -> [n, n]
  Matrix log_ratios(const Rows& rows);

 private:
  Variable objective(std::int64_t step, const Rows& batch);
  Tensor base(const Rows& rows) const;

  const info::EllipticalCopula& base_;
  const PairedScores& scores_;
  RandomStream stream_;
  PairCritic critic_;
};

}  // namespace saddle::bounds
