#include <saddle/base/error.hpp>
#include <saddle/info/neighbour_entropy.hpp>
#include <saddle/tensor/threads.hpp>

#include "error_text.hpp"
#include "info/golden_data.hpp"
#include "info/matrix_of.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace saddle;
using namespace saddle::info;
using saddle::testing::error_text;
using saddle::testing::line_of;
using saddle::testing::matrix_of;
using saddle::testing::normals;
using saddle::testing::splitmix;

namespace {

Matrix times(double factor, Matrix x) {
  for (double& value : x.values) value *= factor;
  return x;
}

Approx near(double value) { return Approx(value).margin(1e-12); }

}  // namespace

TEST_CASE("Entropy of 1 to 5 by hand") {
  // The second neighbours are at 2, 1, 1, 1, 2; psi(5) - psi(2) = 1/2 + 1/3 + 1/4.
  const double expected = 13.0 / 12 + std::log(2.0) + 2 * std::log(2.0) / 5;
  CHECK(kozachenko_leonenko(line_of({1, 2, 3, 4, 5}), 2, Norm::maximum).value == near(expected));
  CHECK(kozachenko_leonenko(line_of({1, 2, 3, 4, 5}), 2, Norm::euclidean).value == near(expected));
}

TEST_CASE("Entropy in the plane by hand, in both norms") {
  // A rectangle of 3 by 4: the third neighbour is at 5 or, in the maximum norm, 4.
  const Matrix x = matrix_of({{0, 0}, {3, 0}, {0, 4}, {3, 4}});
  const double pi = std::acos(-1.0);
  // psi(4) - psi(3) = 1/3.
  CHECK(kozachenko_leonenko(x, 3, Norm::euclidean).value ==
        near(1.0 / 3 + std::log(pi) + 2 * std::log(5)));
  CHECK(kozachenko_leonenko(x, 3, Norm::maximum).value ==
        near(1.0 / 3 + std::log(4) + 2 * std::log(4)));
}

TEST_CASE("Stretching d coordinates by a adds d ln a to the entropy") {
  const Matrix x = splitmix(1, 100, 3);
  for (const Norm norm : {Norm::maximum, Norm::euclidean})
    CHECK(kozachenko_leonenko(times(10, x), 3, norm).value ==
          near(kozachenko_leonenko(x, 3, norm).value + 3 * std::log(10)));
}

TEST_CASE("The entropy of points that coincide is -infinity") {
  CHECK(kozachenko_leonenko(line_of({1, 1, 2, 3}), 1).value == -INFINITY);
  CHECK(std::isfinite(kozachenko_leonenko(line_of({1, 1, 2, 3}), 2).value));
}

TEST_CASE("The divergence of three numbers from two by hand") {
  // r = 1, 1, 2 and s = 4, 3, 1: ln(4 * 3 / 2) / 3 + ln(2 / 2).
  CHECK(wang_kulkarni_verdu(line_of({0, 1, 3}), line_of({4, 9}), 1).value == near(std::log(6) / 3));
}

TEST_CASE("The adaptive divergence of three numbers from two by hand") {
  // Radii 4, 3, 2 hold 2, 2, 1 others, the furthest at 3, 2, 2, and 1, 1, 1 of y, at 4, 3, 1;
  // psi(2) - psi(1) = 1.
  CHECK(wang_kulkarni_verdu_adaptive(line_of({0, 1, 3}), line_of({4, 9}), 1).value ==
        near((std::log(4.0 / 3) + std::log(3.0 / 2) + std::log(1.0 / 2) + 2) / 3));
}

TEST_CASE("A divergence does not change when both samples are stretched") {
  const Matrix x = splitmix(1, 100, 2), y = times(1.5, splitmix(2, 80, 2));
  CHECK(wang_kulkarni_verdu(times(8, x), times(8, y)).value ==
        near(wang_kulkarni_verdu(x, y).value));
  CHECK(wang_kulkarni_verdu_adaptive(times(8, x), times(8, y)).value ==
        near(wang_kulkarni_verdu_adaptive(x, y).value));
}

TEST_CASE("The divergence between samples of one law is near 0, of shifted ones near its value") {
  const Matrix x = normals(splitmix(1, 500, 1)), y = normals(splitmix(2, 500, 1));
  Matrix shifted = y;
  for (double& value : shifted.values) value += 1;
  CHECK(std::abs(wang_kulkarni_verdu(x, y).value) < 0.2);
  CHECK(std::abs(wang_kulkarni_verdu_adaptive(x, y).value) < 0.2);
  // KL(N(0, 1) || N(1, 1)) = 1/2.
  CHECK(wang_kulkarni_verdu(x, shifted).value == Approx(0.5).margin(0.2));
  CHECK(wang_kulkarni_verdu_adaptive(x, shifted).value == Approx(0.5).margin(0.2));
}

TEST_CASE("Points that coincide make a divergence infinite") {
  CHECK(wang_kulkarni_verdu(line_of({1, 1, 2}), line_of({3, 4}), 1).value == INFINITY);
  CHECK(wang_kulkarni_verdu(line_of({1, 2, 4}), line_of({2, 5}), 1).value == -INFINITY);
  CHECK(std::isnan(wang_kulkarni_verdu(line_of({1, 1, 2}), line_of({1, 5}), 1).value));
}

TEST_CASE("The number of threads changes no bit of an entropy or a divergence") {
  const Matrix x = splitmix(1, 400, 2), y = splitmix(2, 300, 2);
  const auto all = [&] {
    return std::vector<double>{kozachenko_leonenko(x).value, wang_kulkarni_verdu(x, y).value,
                               wang_kulkarni_verdu_adaptive(x, y).value};
  };
  const std::vector<double> one = all();
  set_threads(3);
  CHECK(all() == one);
  set_threads(1);
}

TEST_CASE("What has no entropy or divergence is refused") {
  const Matrix two = line_of({1, 2}), three = line_of({1, 2, 3});
  CHECK(error_text<DataError>([&] { kozachenko_leonenko(two, 2); }) ==
        "Kozachenko-Leonenko needs more than k = 2 points: there are 2.");
  CHECK(error_text<SpecError>([&] { kozachenko_leonenko(two, 0); }) ==
        "Kozachenko-Leonenko needs k of 1 or more: it is 0.");
  CHECK(error_text<DataError>([&] {
          kozachenko_leonenko(line_of({1, INFINITY}), 1);
        }) ==
        "Kozachenko-Leonenko needs finite numbers: x has inf in row 1, column 0. Leave such rows "
        "out.");
  CHECK(error_text<DataError>([&] { kozachenko_leonenko(Matrix(5, 0), 1); }) ==
        "Kozachenko-Leonenko needs points of one dimension or more: x has no columns.");
  CHECK(error_text<PluginError>([&] { wang_kulkarni_verdu(three, Matrix(3, 2), 1); }) ==
        "Wang-Kulkarni-Verdu needs points of one space: there are some of 1 and some of 2 "
        "dimensions.");
  CHECK(error_text<DataError>([&] { wang_kulkarni_verdu(three, two, 3); }) ==
        "Wang-Kulkarni-Verdu needs more than k = 3 points: there are 3.");
  CHECK(error_text<DataError>([&] { wang_kulkarni_verdu(three, line_of({1}), 2); }) ==
        "Wang-Kulkarni-Verdu needs k = 2 points of y: there are 1.");
}
