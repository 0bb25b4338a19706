#include <saddle/base/error.hpp>
#include <saddle/info/kernel_mmd.hpp>

#include "error_text.hpp"
#include "info/matrix_of.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace saddle;
using info::mmd;
using saddle::testing::error_text;
using saddle::testing::line_of;
using saddle::testing::matrix_of;

namespace {

Approx exactly(double value) { return Approx(value).epsilon(1e-12).margin(1e-14); }

}  // namespace

TEST_CASE("The kernel inception distance of two triples of points") {
  const info::Mmd found = mmd(matrix_of({{0, 0}, {1, 0}, {0, 1}}),
                              matrix_of({{1, 1}, {2, 0}, {0, 2}}), info::cubic_kernel());
  CHECK(found.unbiased == exactly(0.5));
  CHECK(found.biased == exactly(217.0 / 36));
}

TEST_CASE("The discrepancy under a Gaussian kernel, by hand") {
  // With a = exp(-1/2), b = exp(-2): k_xx = a, k_yy = b, k_xy = 1, b, a, a.
  const info::Mmd found = mmd(line_of({0, 1}), line_of({0, 2}), info::gaussian_kernel(1));
  const double a = std::exp(-0.5), b = std::exp(-2.0);
  CHECK(found.unbiased == exactly(a + b - (1 + b + 2 * a) / 2));
  CHECK(found.biased == exactly((1 + a) / 2 + (1 + b) / 2 - (1 + b + 2 * a) / 2));
  // The bandwidth scales the distances.
  CHECK(mmd(line_of({0, 3}), line_of({0, 6}), info::gaussian_kernel(3)).unbiased ==
        exactly(found.unbiased));
}

TEST_CASE("Of one sample and itself the biased discrepancy is 0 and the unbiased one below") {
  const Matrix x = matrix_of({{0, 0}, {1, 0}, {0, 3}, {2, 2}});
  for (const auto& kernel : {info::cubic_kernel(), info::gaussian_kernel(1.5)}) {
    const info::Mmd found = mmd(x, x, kernel);
    CHECK(found.biased == Approx(0).margin(1e-12));
    CHECK(found.unbiased < 0);
  }
}

TEST_CASE("Sides of different count are each averaged on their own") {
  // x within: k(0, 2) = exp(-2); y within: exp(-1/2), exp(-2), exp(-1/2).
  const double a = std::exp(-0.5), b = std::exp(-2.0);
  const double across = (1 + a + b + b + a + 1) / 6;
  CHECK(mmd(line_of({0, 2}), line_of({0, 1, 2}), info::gaussian_kernel(1)).unbiased ==
        exactly(b + (2 * a + b) / 3 - 2 * across));
}

TEST_CASE("The unbiased discrepancy of samples of one law has mean 0") {
  // Over all 6 x 6 x 6 x 6 draws of two and two numbers from {0, 1, ..., 5}.
  double sum = 0;
  for (int i = 0; i < 6 * 6 * 6 * 6; ++i)
    sum += mmd(line_of({double(i % 6), double(i / 6 % 6)}),
               line_of({double(i / 36 % 6), double(i / 216)}), info::gaussian_kernel(2))
               .unbiased;
  CHECK(sum == Approx(0).margin(1e-10));
}

TEST_CASE("The median distance is that of the pairs") {
  CHECK(info::median_distance(line_of({0, 1, 3})) == 2);      // 1, 2, 3
  CHECK(info::median_distance(line_of({0, 1, 3, 10})) == 5);  // 1, 2, 3, 7, 9, 10
  CHECK(info::median_distance(matrix_of({{0, 0}, {3, 4}})) == 5);
  CHECK(info::median_distance(line_of({2, 2, 2, 5})) == 1.5);  // 0, 0, 0, 3, 3, 3
  CHECK(std::isnan(info::median_distance(line_of({1}))));
}

TEST_CASE("The discrepancy is NaN where it is not defined") {
  const auto kernel = info::cubic_kernel();
  for (const Matrix& bad : {line_of({}), line_of({1}), line_of({1, NAN}), line_of({1, INFINITY})}) {
    CHECK(std::isnan(mmd(bad, line_of({1, 2}), kernel).unbiased));
    CHECK(std::isnan(mmd(line_of({1, 2}), bad, kernel).biased));
  }
  CHECK(std::isnan(mmd(line_of({0, 1}), line_of({0, 1}), info::gaussian_kernel(0)).unbiased));
  CHECK(error_text<PluginError>([&] {
          mmd(line_of({1, 2}), matrix_of({{1, 2}, {3, 4}}), kernel);
        }) ==
        "the maximum mean discrepancy needs points of one space: there are some of 1 and some of 2 "
        "dimensions.");
}
