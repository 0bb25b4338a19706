#include <saddle/base/random.hpp>
#include <saddle/info/kernel_entropy.hpp>

#include "info/matrix_of.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace saddle;
using info::kernel_density_entropy;
using info::scott_widths;
using saddle::testing::line_of;
using saddle::testing::matrix_of;

namespace {

const double kTwoPi = 2 * std::acos(-1.0);

}  // namespace

TEST_CASE("Two points have the density of each other's kernel") {
  // Distance 3, width 2: -ln N(3; 0, 4).
  CHECK(kernel_density_entropy(line_of({1, 4}), {2}) ==
        Approx(9.0 / 8 + std::log(kTwoPi * 4) / 2).epsilon(1e-14));
  // (3, 4) with widths 1 and 2.
  CHECK(kernel_density_entropy(matrix_of({{0, 0}, {3, 4}}), {1, 2}) ==
        Approx(9.0 / 2 + 16.0 / 8 + std::log(kTwoPi * 2)).epsilon(1e-14));
}

TEST_CASE("A point far from all others has a finite density all the same") {
  CHECK(kernel_density_entropy(line_of({0, 1e6}), {1}) ==
        Approx(0.5e12 + std::log(kTwoPi) / 2).epsilon(1e-14));
}

TEST_CASE("Scott's widths are s n^(-1 / (d + 4)) along each axis") {
  const auto widths = scott_widths(matrix_of({{0, 0}, {2, 20}}));
  CHECK(widths[0] == Approx(std::sqrt(2) * std::pow(2, -1.0 / 6)).epsilon(1e-14));
  CHECK(widths[1] == Approx(10 * widths[0]).epsilon(1e-14));
}

TEST_CASE("The kernel estimate for a Gaussian lies near its entropy, and moves with its scale") {
  Matrix points(2000, 1);
  const RandomStream stream(1, "test/kernel");
  for (std::uint32_t i = 0; i < 2000; ++i) stream.normals(i, 1, points.row(i));
  const double value = kernel_density_entropy(points, scott_widths(points));
  // A standard error of 1 / sqrt(2 n), and a blur of half the squared width, 0.02.
  CHECK(value == Approx(1.418939).margin(3 / std::sqrt(4000) + 0.03));
  for (double& x : points.values) x = 1000 * x - 5;
  CHECK(kernel_density_entropy(points, scott_widths(points)) ==
        Approx(value + std::log(1000)).epsilon(1e-9));
}

TEST_CASE("The kernel estimate of less than two points is not defined") {
  CHECK(std::isnan(kernel_density_entropy(line_of({1}), {1})));
  CHECK(std::isnan(kernel_density_entropy(line_of({1, NAN}), {1})));
}
