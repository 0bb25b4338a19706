#include <saddle/info/rank_scores.hpp>

#include <catch2/catch.hpp>

#include <cmath>

using saddle::Matrix;
using saddle::info::rank_scores;

namespace {

Matrix column(const std::vector<double>& values) {
  Matrix made(values.size(), 1);
  made.values = values;
  return made;
}

}  // namespace

TEST_CASE("A value of rank r among n becomes the quantile of r / (n + 1)") {
  // Quarters of N(0, 1), and of Cauchy's law, whose quantile is tan(pi (p - 1/2)).
  const Matrix normal = rank_scores(column({30, 10, 20}));
  CHECK(normal.values[0] == Approx(0.6744897501960817));
  CHECK(normal.values[1] == Approx(-0.6744897501960817));
  CHECK(normal.values[2] == Approx(0).margin(1e-12));
  CHECK(rank_scores(column({30, 10, 20}), 1).values[0] == Approx(1));
}

TEST_CASE("Equal values share the quantile of their mean rank") {
  // Ranks 1, 2.5, 2.5: the middle ones at 2.5 / 4, where Cauchy's quantile is tan(pi / 8).
  const Matrix scores = rank_scores(column({7, 9, 9}), 1);
  CHECK(scores.values[0] == Approx(-1));
  CHECK(scores.values[1] == Approx(std::sqrt(2.0) - 1));
  CHECK(scores.values[2] == scores.values[1]);
}

TEST_CASE("Rank scores depend on the order of the values alone") {
  CHECK(rank_scores(column({.3, -2, 5, 1})).values ==
        rank_scores(column({std::exp(.3), std::exp(-2), std::exp(5), std::exp(1)})).values);
}
