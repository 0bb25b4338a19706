#include <saddle/base/error.hpp>
#include <saddle/info/wasserstein.hpp>

#include "error_text.hpp"
#include "info/matrix_of.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace saddle;
using info::sliced_wasserstein;
using info::wasserstein_1;
using saddle::testing::error_text;
using saddle::testing::line_of;
using saddle::testing::matrix_of;

TEST_CASE("W1 of equal counts is the mean distance of the sorted numbers") {
  CHECK(wasserstein_1({3, 1}, {2, 6}) == 2);  // 1 -> 2, 3 -> 6
  CHECK(wasserstein_1({0, 0, 0}, {1, 2, 3}) == 2);
  CHECK(wasserstein_1({5, 1, 2}, {2, 5, 1}) == 0);
}

TEST_CASE("A shift by m has W1 |m|, as N(0, 1) and N(m, 1) have") {
  const std::vector<double> x = {-1.5, -0.25, 0, 0.5, 2};
  for (const double m : {-2.0, 0.25, 8.0}) {
    std::vector<double> shifted = x;
    for (double& value : shifted) value += m;
    CHECK(wasserstein_1(x, shifted) == std::abs(m));
  }
}

TEST_CASE("W1 of other counts is the integral over the quantiles") {
  // Quantiles of {0, 1}: 0 below 1/2; of {0, 1, 4}: 0, 1, 4 in thirds.
  CHECK(wasserstein_1({0, 1}, {0, 1, 4}) == Approx(1.0 / 6 + 3.0 / 3).epsilon(1e-15));
  CHECK(wasserstein_1({0, 1, 4}, {1, 0}) == Approx(7.0 / 6).epsilon(1e-15));
  CHECK(wasserstein_1({2}, {0, 1, 4}) == Approx(5.0 / 3).epsilon(1e-15));
}

TEST_CASE("W1 is NaN where it is not defined") {
  CHECK(std::isnan(wasserstein_1({}, {1})));
  CHECK(std::isnan(wasserstein_1({1, NAN}, {1, 2})));
  CHECK(std::isnan(wasserstein_1({1, 2}, {INFINITY, 1})));
}

TEST_CASE("The sliced distance is the mean over directions, whatever their length") {
  const Matrix x = matrix_of({{0, 0}, {1, 0}}), y = matrix_of({{0, 3}, {1, 3}});
  CHECK(sliced_wasserstein(x, y, matrix_of({{1, 0}})) == 0);
  CHECK(sliced_wasserstein(x, y, matrix_of({{0, -7}})) == 3);
  CHECK(sliced_wasserstein(x, y, matrix_of({{2, 0}, {0, 1}})) == 1.5);
  // Along (3, 4) / 5 the shift by (0, 3) is 12 / 5.
  CHECK(sliced_wasserstein(x, y, matrix_of({{3, 4}})) == Approx(2.4).epsilon(1e-14));
  CHECK(sliced_wasserstein(line_of({1, 2}), line_of({3, 4}), line_of({-1, 5})) == 2);
}

TEST_CASE("The sliced distance of a shift in the plane is 2 / pi of its length") {
  // Directions at even angles: the mean of |cos| over them, within 1 / 1000^2.
  Matrix directions(1000, 2);
  for (std::size_t i = 0; i < directions.rows; ++i) {
    const double angle = 3.14159265358979 * (static_cast<double>(i) + 0.5) / 1000;
    directions.row(i)[0] = std::cos(angle);
    directions.row(i)[1] = std::sin(angle);
  }
  CHECK(sliced_wasserstein(matrix_of({{0, 0}}), matrix_of({{3, 4}}), directions) ==
        Approx(10 / 3.14159265358979).margin(1e-5));
}

TEST_CASE("The sliced distance is NaN where it is not defined") {
  const Matrix two = line_of({0, 1}), along = line_of({1});
  CHECK(std::isnan(sliced_wasserstein(line_of({0, NAN}), two, along)));
  CHECK(std::isnan(sliced_wasserstein(two, line_of({}), along)));
  CHECK(std::isnan(sliced_wasserstein(two, two, line_of({0}))));
  CHECK(error_text<PluginError>([&] {
          sliced_wasserstein(two, two, matrix_of({{1, 0}}));
        }) ==
        "the sliced Wasserstein distance needs points of one space: there are some of 1 and some "
        "of 2 dimensions.");
}
