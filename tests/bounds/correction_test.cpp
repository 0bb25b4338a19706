#include "bounds/correction.hpp"

#include <saddle/info/rank_scores.hpp>
#include <saddle/tensor/threads.hpp>

#include <catch2/catch.hpp>

#include <limits>
#include <numeric>

using namespace saddle;
using namespace saddle::bounds;

namespace {

constexpr double kGaussian = std::numeric_limits<double>::infinity();

// y follows x, with the other sign where x is long: no correlation shows it.
PairedScores turned(std::size_t n) {
  Matrix x(n, 2), y(n, 2);
  for (std::size_t i = 0; i < n; ++i) {
    double z[4];
    RandomStream(1, "test").normals(static_cast<std::uint32_t>(i), 4, z);
    const double sign = z[0] * z[0] + z[1] * z[1] > 1.386 ? -1 : 1;
    for (int k = 0; k < 2; ++k) {
      x.row(i)[k] = z[k];
      y.row(i)[k] = sign * z[k] + 0.3 * z[2 + k];
    }
  }
  x = info::rank_scores(x);
  y = info::rank_scores(y);
  return {x, y, x, y};
}

Rows rows(std::size_t begin, std::size_t end) {
  Rows made(end - begin);
  std::iota(made.begin(), made.end(), begin);
  return made;
}

Training steps(std::size_t count) {
  Training training;
  training.steps = count;
  training.every = 20;
  return training;
}

}  // namespace

TEST_CASE("A critic finds on new pairs what the copula under it misses") {
  const PairedScores scores = turned(900);
  const Rows fit = rows(0, 500), check = rows(500, 600), fresh = rows(600, 900);
  const info::EllipticalCopula copula(rows_of(scores.x, fit), rows_of(scores.y, fit), kGaussian);
  const double before = mean_of(
      info_nce_terms(copula.log_ratios(rows_of(scores.x, fresh), rows_of(scores.y, fresh))));
  CorrectedCopula critic(copula, scores, fit, check, steps(200), RandomStream(1, "test"));
  const auto after = info_nce_terms(critic.log_ratios(fresh));
  CHECK(mean_of(after) - before > 3 * error_of(after));
}

TEST_CASE("A critic without a step is near the copula, and the same at any number of threads") {
  const PairedScores scores = turned(300);
  const Rows fit = rows(0, 200), check = rows(200, 250), fresh = rows(250, 300);
  const info::EllipticalCopula copula(rows_of(scores.x, fit), rows_of(scores.y, fit), kGaussian);
  const Matrix base = copula.log_ratios(rows_of(scores.x, fresh), rows_of(scores.y, fresh));
  const auto log_ratios = [&](std::size_t count) {
    return CorrectedCopula(copula, scores, fit, check, steps(count), RandomStream(1, "test"))
        .log_ratios(fresh)
        .values;
  };
  const std::vector<double> untrained = log_ratios(0);
  for (std::size_t k = 0; k < untrained.size(); ++k)
    CHECK(untrained[k] == Approx(base.values[k]).margin(0.5));
  set_threads(1);
  const std::vector<double> one = log_ratios(20);
  set_threads(2);
  CHECK(log_ratios(20) == one);
  set_threads(1);
}
