#include <saddle/base/error.hpp>
#include <saddle/base/random.hpp>
#include <saddle/bounds/automatic.hpp>

#include "error_text.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace saddle;
using namespace saddle::bounds;
using saddle::testing::error_text;

namespace {

// n pairs of `of(normals, x row, y row)`, of dx and dy columns.
template <class Of>
std::pair<Matrix, Matrix> pairs(std::size_t n, std::size_t dx, std::size_t dy, const Of& of) {
  Matrix x(n, dx), y(n, dy);
  for (std::size_t i = 0; i < n; ++i) {
    double normals[8];
    RandomStream(1, "test").normals(static_cast<std::uint32_t>(i), 8, normals);
    of(normals, x.row(i), y.row(i));
  }
  return {x, y};
}

std::pair<Matrix, Matrix> correlated(std::size_t n) {
  return pairs(n, 1, 1, [](const double* z, double* x, double* y) {
    x[0] = z[0];
    y[0] = 0.8 * z[0] + 0.6 * z[1];
  });
}

AutomaticOptions without_critic() {
  AutomaticOptions options;
  options.steps = 0;
  return options;
}

}  // namespace

TEST_CASE("Of two correlated normals auto finds a Gaussian copula and its information") {
  const auto [x, y] = correlated(1000);
  const AutomaticEstimate found = automatic_information(x, y, without_critic());
  CHECK(found.chosen == "gaussian-copula");
  // -ln(1 - 0.8^2) / 2
  CHECK(found.value == Approx(-std::log(0.36) / 2).margin(4 * found.standard_error));
  CHECK(found.standard_error < 0.05);
}

TEST_CASE("Auto sees the ranks of each axis alone") {
  auto [x, y] = correlated(200);
  const AutomaticEstimate before = automatic_information(x, y, without_critic());
  for (double& value : x.values) value = std::exp(3 * value);
  for (double& value : y.values) value = value * value * value;
  CHECK(automatic_information(x, y, without_critic()).value == before.value);
}

TEST_CASE("Auto finds the dependence of tails that share their scale") {
  // Two pairs of Cauchy variables: normals over one |normal|. I = 0.431946 (Student of one degree
  // of freedom in 2 + 2 dimensions).
  const auto [x, y] = pairs(1000, 2, 2, [](const double* z, double* a, double* b) {
    for (int k = 0; k < 2; ++k) {
      a[k] = z[k] / std::abs(z[4]);
      b[k] = z[2 + k] / std::abs(z[4]);
    }
  });
  const AutomaticEstimate found = automatic_information(x, y, without_critic());
  CHECK(found.chosen == "student-copula");
  CHECK(found.value == Approx(0.431946).margin(4 * found.standard_error));
}

TEST_CASE("Auto takes neighbours where no rank correlation shows") {
  const auto [x, y] = pairs(1000, 1, 1, [](const double* z, double* a, double* b) {
    a[0] = z[0];
    b[0] = z[0] * z[0] + 0.1 * z[1];
  });
  CHECK(automatic_information(x, y, without_critic()).chosen == "neighbours");
}

TEST_CASE("Auto finds nothing where there is nothing") {
  const auto [x, y] = pairs(600, 3, 3, [](const double* z, double* a, double* b) {
    for (int k = 0; k < 3; ++k) {
      a[k] = z[k];
      b[k] = z[3 + k];
    }
  });
  AutomaticOptions options;
  options.steps = 100;
  const AutomaticEstimate found = automatic_information(x, y, options);
  CHECK(found.chosen == "gaussian-copula");
  CHECK(std::abs(found.value) < 4 * found.standard_error);
  // Nine correlations of 600 pairs: sqrt(9 / 2) / 600.
  CHECK(found.standard_error == Approx(0.0035).margin(0.002));
}

TEST_CASE("Auto refuses too few pairs") {
  CHECK(error_text<DataError>([] { automatic_information(Matrix(39, 1), Matrix(39, 1)); }) ==
        "automatic_information: expected at least 40 pairs, found 39 rows of x and 39 of y.");
  CHECK(error_text<DataError>([] { automatic_information(Matrix(50, 1), Matrix(49, 1)); }) ==
        "automatic_information: expected at least 40 pairs, found 50 rows of x and 49 of y.");
}
