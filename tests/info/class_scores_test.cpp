#include <saddle/info/class_scores.hpp>

#include "info/matrix_of.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace saddle;
using info::class_scores;
using saddle::testing::matrix_of;

namespace {

Approx exactly(double value) { return Approx(value).epsilon(1e-9).margin(1e-12); }

}  // namespace

TEST_CASE("The inception score of three given rows") {
  const info::ClassScores found = class_scores(matrix_of({{0.9, 0.1}, {0.2, 0.8}, {0.5, 0.5}}));
  CHECK(found.score == exactly(1.2028725045857107));
  CHECK(found.information == exactly(0.18471245015062432));
  // p(y) = (8/15, 7/15).
  CHECK(found.label_entropy ==
        exactly(-8.0 / 15 * std::log(8.0 / 15) - 7.0 / 15 * std::log(7.0 / 15)));
  CHECK(found.conditional_entropy == exactly(found.label_entropy - found.information));
}

TEST_CASE("Certain and even classes have the score K, a constant guess 1") {
  const info::ClassScores even = class_scores(matrix_of({{1, 0, 0}, {0, 0, 1}, {0, 1, 0}}));
  CHECK(even.score == exactly(3));
  CHECK(even.label_entropy == exactly(std::log(3)));
  CHECK(even.conditional_entropy == 0);
  const info::ClassScores constant = class_scores(matrix_of({{0.3, 0.7}, {0.3, 0.7}}));
  CHECK(constant.score == exactly(1));
  CHECK(constant.information == exactly(0));
  // Collapsed to one class: certain, and without information.
  CHECK(class_scores(matrix_of({{0, 1}, {0, 1}})).score == 1);
}

TEST_CASE("Class scores are NaN where they are not defined") {
  CHECK(std::isnan(class_scores(Matrix(0, 3)).score));
  CHECK(std::isnan(class_scores(matrix_of({{NAN, 1}, {0, 1}})).information));
  CHECK(std::isnan(class_scores(matrix_of({{INFINITY, 1}})).label_entropy));
}
