#include <saddle/base/error.hpp>
#include <saddle/info/manifold.hpp>

#include "error_text.hpp"
#include "info/matrix_of.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace saddle;
using info::density_coverage;
using info::precision_recall;
using saddle::testing::error_text;
using saddle::testing::line_of;
using saddle::testing::matrix_of;

namespace {

const Matrix kReal = matrix_of({{0, 0}, {1, 0}, {0, 1}, {5, 5}});
const Matrix kGenerated = matrix_of({{0.1, 0.1}, {0.9, 0.1}, {3, 3}, {10, 10}});

}  // namespace

TEST_CASE("Precision, recall, density and coverage of two sets of four points") {
  CHECK(precision_recall(kReal, kGenerated, 1).precision == 0.75);
  CHECK(precision_recall(kReal, kGenerated, 1).recall == 0.75);
  CHECK(density_coverage(kReal, kGenerated, 1).density == 1.75);
  CHECK(density_coverage(kReal, kGenerated, 1).coverage == 1);
  CHECK(precision_recall(kReal, kGenerated, 2).precision == 0.75);
  CHECK(precision_recall(kReal, kGenerated, 2).recall == 1);
  CHECK(density_coverage(kReal, kGenerated, 2).density == 1);
  CHECK(density_coverage(kReal, kGenerated, 2).coverage == 1);
}

TEST_CASE("A point on the rim is in the balls of precision and recall, outside of density's") {
  // Radii 1, 1, 3: 2 lies on the rim of 1's ball, 7 on that of 4's.
  const Matrix real = line_of({0, 1, 4}), generated = line_of({2, 7});
  CHECK(precision_recall(real, generated, 1).precision == 1);
  CHECK(precision_recall(line_of({0, 1}), line_of({2, 9}), 1).precision == 0.5);
  CHECK(density_coverage(line_of({0, 1}), line_of({2, 9}), 1).density == 0);
  CHECK(density_coverage(line_of({0, 1}), line_of({2, 9}), 1).coverage == 0);
  CHECK(precision_recall(line_of({2, 9}), line_of({0, 1}), 1).recall == 0.5);
}

TEST_CASE("Copies are neighbours at distance 0: their ball holds its centre only if closed") {
  const Matrix twice = line_of({0, 0, 5, 6});
  // Radii 0, 0, 1, 1.
  CHECK(precision_recall(twice, line_of({0, 0.1, 5.5, 5.5}), 1).precision == 0.75);
  CHECK(density_coverage(twice, line_of({0, 0.1, 5.5, 5.5}), 1).density == 1);
  CHECK(density_coverage(twice, line_of({0, 0.1, 5.5, 5.5}), 1).coverage == 0.5);
}

TEST_CASE("A collapsed generator is precise and recalls nothing") {
  const Matrix real = line_of({0, 1, 2, 3, 4, 5}), one = line_of({2.5, 2.5, 2.5});
  CHECK(precision_recall(real, one, 2).precision == 1);
  CHECK(precision_recall(real, one, 2).recall == 0);
  // The radii are 2, 1, 1, 1, 1, 2: only the balls of 2 and 3 hold the point.
  CHECK(density_coverage(real, one, 2).density == 1);
  CHECK(density_coverage(real, one, 2).coverage == Approx(2.0 / 6));
}

TEST_CASE("Equal samples of distinct points have precision and recall 1") {
  CHECK(precision_recall(kReal, kReal, 3).precision == 1);
  CHECK(precision_recall(kReal, kReal, 3).recall == 1);
}

TEST_CASE("Coverage is NaN where it is not defined") {
  const Matrix two = line_of({0, 1});
  CHECK(std::isnan(precision_recall(two, line_of({0, 1, 2}), 2).precision));
  for (const Matrix& bad : {line_of({}), line_of({1, NAN}), line_of({1, INFINITY})}) {
    CHECK(std::isnan(precision_recall(bad, two, 1).precision));
    CHECK(std::isnan(precision_recall(two, bad, 1).recall));
    CHECK(std::isnan(density_coverage(two, bad, 1).density));
    CHECK(std::isnan(density_coverage(bad, two, 1).coverage));
  }
  CHECK(error_text<PluginError>([&] { precision_recall(two, kReal, 1); }) ==
        "a measure of coverage needs points of one space: there are some of 1 and some of 2 "
        "dimensions.");
}
