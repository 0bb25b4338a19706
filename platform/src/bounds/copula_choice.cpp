#include "bounds/copula_choice.hpp"

#include <saddle/info/gaussian.hpp>
#include <saddle/info/rank_scores.hpp>

#include <cmath>
#include <limits>
#include <utility>

namespace saddle::bounds {
namespace {

constexpr double kGaussian = std::numeric_limits<double>::infinity();

Matrix log_ratios(const CopulaFit& fit, std::size_t fold, const Rows& rows) {
  return fit.copulas[fold].log_ratios(rows_of(fit.x, rows), rows_of(fit.y, rows));
}

double diagonal_mean(const Matrix& ratios) {
  double sum = 0;
  for (std::size_t i = 0; i < ratios.rows; ++i) sum += ratios.row(i)[i];
  return sum / static_cast<double>(ratios.rows);
}

// The mean log ratio of joint pairs.
double mean_ratio(const CopulaFit& fit, std::size_t fold, const Rows& rows) {
  constexpr std::size_t kFew = 128;  // the other pairs of a block are not asked for
  double sum = 0;
  for (const Rows& block : blocks(rows, kFew))
    sum += diagonal_mean(log_ratios(fit, fold, block)) * static_cast<double>(block.size());
  return sum / static_cast<double>(rows.size());
}

double bound_above_mean(const Matrix& ratios) {
  return mean_of(info_nce_terms(ratios)) - diagonal_mean(ratios);
}

// How much more the bound lies above the mean log ratio than on pairs of the fitted law.
double excess(const CopulaFit& fit, std::size_t fold, const Rows& held_out,
              const RandomStream& stream) {
  double sum = 0;
  const std::vector<Rows> parts = blocks(held_out);
  for (std::size_t k = 0; k < parts.size(); ++k) {
    const Matrix simulated = fit.copulas[fold].simulated_log_ratios(
        parts[k].size(), stream.at(static_cast<std::int64_t>(k)));
    sum += bound_above_mean(log_ratios(fit, fold, parts[k])) - bound_above_mean(simulated);
  }
  return sum / static_cast<double>(parts.size());
}

// A fitted ratio's mean is too high on the pairs of the fit, by about what it is too low on others.
double mean_of_both(const CopulaFit& fit, std::size_t fold, const Fold& rows) {
  return (mean_ratio(fit, fold, rows.fit) + mean_ratio(fit, fold, rows.held_out)) / 2;
}

CopulaFit scored(const Matrix& x, const Matrix& y, const std::vector<Fold>& folds, double freedom) {
  CopulaFit fit{
      freedom, info::rank_scores(x, freedom), info::rank_scores(y, freedom), {}, Terms(x.rows), 0};
  for (std::size_t k = 0; k < folds.size(); ++k) {
    fit.copulas.emplace_back(rows_of(fit.x, folds[k].fit), rows_of(fit.y, folds[k].fit), freedom);
    for (const Rows& block : blocks(folds[k].held_out)) {
      const Terms terms = info_nce_terms(log_ratios(fit, k, block));
      for (std::size_t i = 0; i < block.size(); ++i) fit.held_out[block[i]] = terms[i];
    }
  }
  return fit;
}

double value_of(const CopulaFit& fit, const std::vector<Fold>& folds, const RandomStream& stream) {
  double mean = 0, above = 0;
  for (std::size_t k = 0; k < folds.size(); ++k) {
    mean += mean_of_both(fit, k, folds[k]) / static_cast<double>(folds.size());
    above += excess(fit, k, folds[k].held_out, stream.child(std::to_string(k))) /
             static_cast<double>(folds.size());
  }
  // What a Gaussian's ratio has for its mean depends on the covariance alone.
  if (std::isinf(fit.freedom)) {
    const double unbiased = info::gaussian_information_estimate(fit.x, fit.y);
    if (std::isfinite(unbiased)) mean = unbiased;
  }
  return mean + above;
}

// The freedom of the highest score: down a grid by factors of 4, then by ever smaller factors.
CopulaFit best_student(const Matrix& x, const Matrix& y, const std::vector<Fold>& folds) {
  CopulaFit best = scored(x, y, folds, 64);
  const auto better = [&](double freedom) {
    CopulaFit fit = scored(x, y, folds, freedom);
    if (mean_of(fit.held_out) <= mean_of(best.held_out)) return false;
    best = std::move(fit);
    return true;
  };
  for (double freedom = 16; freedom > 0.5; freedom /= 4)
    if (!better(freedom)) break;
  for (const double factor : {2.0, std::sqrt(2.0), std::pow(2.0, 0.25)})
    if (!better(best.freedom * factor)) better(best.freedom / factor);
  return best;
}

}  // namespace

Terms difference(const Terms& a, const Terms& b) {
  Terms result;
  for (std::size_t i = 0; i < a.size(); ++i) result.push_back(a[i] - b[i]);
  return result;
}

std::vector<Rows> blocks(const Rows& rows, std::size_t most) {
  const std::size_t count = (rows.size() + most - 1) / most;
  const auto edge = [&](std::size_t k) {
    return rows.begin() + static_cast<std::ptrdiff_t>(k * rows.size() / count);
  };
  std::vector<Rows> parts;
  for (std::size_t k = 0; k < count; ++k) parts.emplace_back(edge(k), edge(k + 1));
  return parts;
}

std::vector<Fold> folds_of(std::size_t n, std::size_t count, const RandomStream& stream) {
  const Rows order = shuffled(n, stream);
  std::vector<Fold> folds(count);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t k = 0; k < count; ++k)
      (i * count / n == k ? folds[k].held_out : folds[k].fit).push_back(order[i]);
  return folds;
}

CopulaFit choose_copula(const Matrix& x, const Matrix& y, const std::vector<Fold>& folds,
                        double errors, const RandomStream& stream) {
  CopulaFit gaussian = scored(x, y, folds, kGaussian), student = best_student(x, y, folds);
  const Terms gain = difference(student.held_out, gaussian.held_out);
  CopulaFit& chosen = mean_of(gain) > errors * error_of(gain) ? student : gaussian;
  chosen.value = value_of(chosen, folds, stream);
  return std::move(chosen);
}

}  // namespace saddle::bounds
