#include <saddle/base/error.hpp>
#include <saddle/info/memorisation.hpp>

#include "error_text.hpp"
#include "info/matrix_of.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace saddle;
using info::memorisation;
using saddle::testing::error_text;
using saddle::testing::line_of;
using saddle::testing::matrix_of;

TEST_CASE("The nearest distance is Euclid's to the nearest of the others") {
  const Matrix points = matrix_of({{0, 0}, {3, 0}}), others = matrix_of({{3, 4}, {9, 9}});
  CHECK(info::nearest_distances(points, others) == std::vector<double>{5, 4});
  CHECK(info::nearest_distances(points, Matrix(0, 2)) == std::vector<double>(2, INFINITY));
}

TEST_CASE("A generator that returns training points is nearer to them") {
  const info::Memorisation found =
      memorisation(line_of({0, 2, 4}), line_of({0, 2, 4}), line_of({1, 3, 6}));
  CHECK(found.nearer_to_train == 1);
  CHECK(found.median_to_train == 0);
  CHECK(found.median_to_test == 1);
}

TEST_CASE("Samples between both sets are at one half") {
  const info::Memorisation found =
      memorisation(line_of({0.25, 0.75, 5.75, 5.25}), line_of({0, 5}), line_of({1, 6}));
  CHECK(found.nearer_to_train == 0.5);
  CHECK(found.median_to_train == 0.5);  // 0.25, 0.75, 0.75, 0.25
  CHECK(found.median_to_test == 0.5);
}

TEST_CASE("A tie counts by half") {
  CHECK(memorisation(line_of({1, 1, 1}), line_of({0}), line_of({2})).nearer_to_train == 0.5);
  CHECK(memorisation(line_of({1, 0}), line_of({0}), line_of({2})).nearer_to_train == 0.75);
}

TEST_CASE("Memorisation is NaN where it is not defined") {
  const Matrix one = line_of({1});
  CHECK(std::isnan(memorisation(line_of({}), one, one).nearer_to_train));
  CHECK(std::isnan(memorisation(one, line_of({}), line_of({})).median_to_test));
  CHECK(std::isnan(memorisation(line_of({1, NAN}), one, one).median_to_train));
  CHECK(std::isnan(memorisation(one, line_of({INFINITY}), one).nearer_to_train));
  CHECK(error_text<PluginError>([&] {
          memorisation(one, line_of({1, 2}), one);
        }) ==
        "memorisation compares with equally many training and test points: there are 2 and 1.");
}
