#include <saddle/base/random.hpp>
#include <saddle/info/tails.hpp>

#include "info/matrix_of.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace saddle;
using info::greatest_kurtosis;
using info::mardia_score;
using saddle::testing::line_of;
using saddle::testing::matrix_of;

TEST_CASE("The kurtosis is that of the heaviest column, in any units") {
  // Deviations 1 and -1: with n - 1 below the variance z^2 is 3 / 4.
  CHECK(greatest_kurtosis(line_of({0, 2, 0, 2})) == Approx(9.0 / 16).epsilon(1e-13));
  // One of four: 3 and -1, variance 4; (81 / 16 + 3 / 16) / 4.
  CHECK(greatest_kurtosis(matrix_of({{0, 9}, {2, 5}, {0, 5}, {2, 5}})) ==
        Approx(84.0 / 64).epsilon(1e-13));
  CHECK(greatest_kurtosis(line_of({7, 7})) == 0);
}

TEST_CASE("Mardia's score compares the fourth moment with a Gaussian's") {
  // z^2 = 1 for all, by n: (1 - 3 * 3 / 5) / sqrt(8 * 3 / 4).
  CHECK(mardia_score(line_of({0, 2, 0, 2})) == Approx((1 - 1.8) / std::sqrt(6)).epsilon(1e-13));
  CHECK(std::isnan(mardia_score(matrix_of({{1, 1}, {2, 2}, {4, 4}}))));
}

TEST_CASE("Mardia's score tells a Gaussian from one whose scale is random") {
  const RandomStream stream(1, "test/tails");
  Matrix gaussian(2000, 2), scaled(2000, 2);
  for (std::uint32_t i = 0; i < 2000; ++i) {
    double z[3];
    stream.normals(i, 3, z);
    for (std::size_t j = 0; j < 2; ++j) {
      gaussian.row(i)[j] = z[j];
      scaled.row(i)[j] = z[j] * (1 + std::abs(z[2]));
    }
  }
  CHECK(std::abs(mardia_score(gaussian)) < 4);
  CHECK(mardia_score(scaled) > 4);
}
