#include <saddle/base/error.hpp>
#include <saddle/info/frechet.hpp>

#include "error_text.hpp"
#include "info/matrix_of.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace saddle;
using info::frechet_distance;
using info::Moments;
using saddle::testing::error_text;
using saddle::testing::line_of;
using saddle::testing::matrix_of;

namespace {

Approx exactly(double value) { return Approx(value).epsilon(1e-9).margin(1e-9); }

// `count` points of `dimension` numbers without a pattern: digits of multiples of the golden ratio.
Matrix scattered(std::size_t count, std::size_t dimension, double first) {
  Matrix points(count, dimension);
  for (std::size_t i = 0; i < points.values.size(); ++i)
    points.values[i] = std::fmod(first + 0.6180339887498949 * static_cast<double>(i * i + i), 1.0);
  return points;
}

}  // namespace

TEST_CASE("The Frechet distance of two given Gaussians") {
  const Moments a{{1, 0}, matrix_of({{2, 0.5}, {0.5, 1}})};
  const Moments b{{0, 1}, matrix_of({{1, -0.2}, {-0.2, 3}})};
  CHECK(frechet_distance(a, b) == exactly(2.883817311384));
  CHECK(frechet_distance(b, a) == exactly(2.883817311384));
  CHECK(frechet_distance(a, a) == exactly(0));
  // tr sqrt(M) = sqrt(tr M + 2 sqrt det M) of a 2 x 2 matrix M = S1 S2: tr M = 4.8, det M = 1.75
  // * 2.96.
  CHECK(frechet_distance(a, b) ==
        exactly(2 + 3 + 4 - 2 * std::sqrt(4.8 + 2 * std::sqrt(1.75 * 2.96))));
}

TEST_CASE("On a line the Frechet distance is (m1 - m2)^2 + (s1 - s2)^2") {
  CHECK(frechet_distance(Moments{{1}, matrix_of({{4}})}, Moments{{-2}, matrix_of({{0.25}})}) ==
        exactly(9 + 2.25));
  // Deviations sqrt 2 and sqrt 8, with n - 1.
  CHECK(frechet_distance(line_of({0, 2}), line_of({1, 5})) == exactly(4 + 2));
}

TEST_CASE("A covariance of rank 1 has the closed form of its direction") {
  // S1 = v v^T: tr sqrt(S1 S2) = sqrt(v^T S2 v), here v = (3, 4, 0).
  const Moments line{{0, 0, 0}, matrix_of({{9, 12, 0}, {12, 16, 0}, {0, 0, 0}})};
  const Moments full{{1, 2, 2}, matrix_of({{2, 0.5, 0.1}, {0.5, 1, 0.3}, {0.1, 0.3, 3}})};
  const double root = std::sqrt(9 * 2 + 2 * 12 * 0.5 + 16 * 1.0);
  CHECK(frechet_distance(line, full) == exactly(9 + 25 + 6 - 2 * root));
  CHECK(frechet_distance(full, line) == exactly(9 + 25 + 6 - 2 * root));
  // Two lines: |v . w|, with w = (0, 5, 5).
  const Moments other{{0, 0, 0}, matrix_of({{0, 0, 0}, {0, 25, 25}, {0, 25, 25}})};
  CHECK(frechet_distance(line, other) == exactly(25 + 50 - 2 * 20));
  // At right angles.
  const Moments third{{0, 0, 0}, matrix_of({{0, 0, 0}, {0, 0, 0}, {0, 0, 7}})};
  CHECK(frechet_distance(line, third) == exactly(25 + 7));
}

TEST_CASE("A sample collapsed to one point is at the squared distance plus the variance") {
  const Matrix one = matrix_of({{1, 1}, {1, 1}, {1, 1}});
  const Matrix real = matrix_of({{0, 0}, {2, 0}, {0, 2}, {2, 2}});
  // The mean is the point; each coordinate has the variance 4 / 3.
  CHECK(frechet_distance(real, one) == exactly(8.0 / 3));
  CHECK(frechet_distance(one, one) == exactly(0));
}

TEST_CASE("Fewer points than dimensions: the distance is that of the moments") {
  for (const auto& [n, m] : {std::pair<std::size_t, std::size_t>{4, 5}, {5, 4}, {3, 30}, {30, 3}}) {
    const Matrix a = scattered(n, 7, 0.3), b = scattered(m, 7, 0.8);
    const double by_moments = frechet_distance(info::moments(a), info::moments(b));
    CHECK(by_moments > 0.1);
    // Rounding leaves roots of about 1e-16 in the eigenvalues of one way or the other.
    CHECK(frechet_distance(a, b) == Approx(by_moments).margin(1e-7));
  }
}

TEST_CASE("The moments of points are numpy's") {
  const Moments found = info::moments(matrix_of({{0, 1}, {2, 1}, {4, 4}}));
  CHECK(found.mean == std::vector<double>{2, 2});
  const double expected[] = {4, 3, 3, 3};
  for (std::size_t i = 0; i < 4; ++i) CHECK(found.covariance.values[i] == exactly(expected[i]));
}

TEST_CASE("The Frechet distance is NaN where it is not defined") {
  CHECK(std::isnan(frechet_distance(line_of({1}), line_of({1, 2}))));
  CHECK(std::isnan(frechet_distance(line_of({}), line_of({1, 2}))));
  CHECK(std::isnan(frechet_distance(line_of({1, NAN}), line_of({1, 2}))));
  CHECK(std::isnan(frechet_distance(line_of({1, 3}), line_of({1, INFINITY}))));
  CHECK(std::isnan(
      frechet_distance(Moments{{NAN}, matrix_of({{1}})}, Moments{{0}, matrix_of({{1}})})));
  CHECK(error_text<PluginError>([] {
          frechet_distance(line_of({1, 2}), matrix_of({{1, 2}, {3, 4}}));
        }) ==
        "the Frechet distance needs points of one space: there are some of 1 and some of 2 "
        "dimensions.");
}
