#include <saddle/bounds/automatic.hpp>

#include <saddle/base/error.hpp>
#include <saddle/info/neighbour_information.hpp>
#include <saddle/info/rank_scores.hpp>

#include "bounds/copula_choice.hpp"
#include "bounds/correction.hpp"
#include "info/ellipticity.hpp"
#include "info/pairs.hpp"

#include <algorithm>
#include <cmath>

namespace saddle::bounds {
namespace {

constexpr std::size_t kFolds = 2;
constexpr double kErrors = 2, kErrorsOfNeighbours = 3;
// The pairs that say when a critic stops.
constexpr std::size_t kMostChecked = 1024;

Training training_of(std::size_t steps) {
  Training training;
  training.steps = steps;
  training.weight_decay = 1;
  training.average = 0.99;
  training.every = 50;
  training.patience = 6;
  return training;
}

// The terms of held-out pairs once critics have learned from the others what the copula misses.
Terms corrected(const CopulaFit& fit, const PairedScores& scores, const std::vector<Fold>& folds,
                const Training& training, const RandomStream& stream) {
  Terms held_out(scores.x.rows);
  for (std::size_t k = 0; k < folds.size(); ++k) {
    const Rows& known = folds[k].fit;
    const auto split = known.begin() + static_cast<std::ptrdiff_t>(
                                           known.size() - std::min(known.size() / 5, kMostChecked));
    CorrectedCopula critic(fit.copulas[k], scores, Rows(known.begin(), split),
                           Rows(split, known.end()), training, stream.child(std::to_string(k)));
    for (const Rows& block : blocks(folds[k].held_out)) {
      const Terms terms = info_nce_terms(critic.log_ratios(block));
      for (std::size_t i = 0; i < block.size(); ++i) held_out[block[i]] = terms[i];
    }
  }
  return held_out;
}

}  // namespace

void AutomaticOptions::describe(Schema& s) {
  s.field(&AutomaticOptions::steps, "steps", "of each critic's training, at most; 0 for no critic")
      .range(0, 1e8);
  s.field(&AutomaticOptions::seed, "training_seed", "of the folds and the critics").range(0, 9e15);
}

AutomaticEstimate automatic_information(const Matrix& x, const Matrix& y,
                                        const AutomaticOptions& options) {
  if (x.rows != y.rows || x.rows < kAutomaticRows)
    throw DataError("automatic_information: expected at least " + std::to_string(kAutomaticRows) +
                    " pairs, found " + std::to_string(x.rows) + " rows of x and " +
                    std::to_string(y.rows) + " of y.");
  const RandomStream stream(options.seed, "estimate/auto");
  const std::vector<Fold> folds = folds_of(x.rows, kFolds, stream.child("folds"));
  const CopulaFit copula = choose_copula(x, y, folds, kErrors, stream.child("copula"));
  AutomaticEstimate found{copula.value, 0,
                          std::isinf(copula.freedom) ? "gaussian-copula" : "student-copula", 0};
  Terms held_out = copula.held_out;
  const PairedScores scores{copula.x, copula.y, info::rank_scores(x), info::rank_scores(y)};
  if (options.steps > 0) {
    const Terms with_critic =
        corrected(copula, scores, folds, training_of(options.steps), stream.child("critic"));
    const Terms gain = difference(with_critic, held_out);
    if (mean_of(gain) > kErrors * error_of(gain)) {
      found.value += mean_of(gain);
      found.chosen += "+critic";
      held_out = with_critic;
    }
  }
  // Each of the dx dy correlations that were fitted adds 1 / 2n^2 of variance, which is all that
  // there is without dependence (Wilks 1938).
  const auto n = static_cast<double>(x.rows);
  const double of_fit = std::sqrt(static_cast<double>(x.columns * y.columns) / 2) / n;
  found.standard_error = std::hypot(error_of(held_out), of_fit);
  const info::Pointwise near = info::mixed_ksg(scores.gaussian_x, scores.gaussian_y, {3, false});
  if (near.value - found.value > kErrorsOfNeighbours * error_of(difference(near.terms, held_out)))
    found = {near.value, error_of(near.terms), "neighbours", 0};
  if (found.chosen == "student-copula")
    found.ellipticity = info::ellipticity_score(info::side_by_side(copula.x, copula.y));
  return found;
}

}  // namespace saddle::bounds
