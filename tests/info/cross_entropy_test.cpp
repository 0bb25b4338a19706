#include <saddle/base/error.hpp>
#include <saddle/base/random.hpp>
#include <saddle/info/cross_entropy.hpp>

#include "error_text.hpp"
#include "info/matrix_of.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace saddle;
using info::kl_to_density;
using saddle::testing::error_text;
using saddle::testing::line_of;

TEST_CASE("KL to a known density is the cross-entropy less the entropy of the points") {
  // Three points one apart: psi(3) - psi(1) = 3 / 2, and ln c = ln 2.
  CHECK(kl_to_density(line_of({0, 1, 2}), {-1, -2, -6}, 1) ==
        Approx(3 - 1.5 - std::log(2)).epsilon(1e-13));
  CHECK(kl_to_density(line_of({0, 1, 2}), {-1, -INFINITY, -6}, 1) == INFINITY);
}

TEST_CASE("KL to a density is near its closed form, in either direction") {
  // N(0, 1) against N(0, 4), and against itself.
  Matrix x(4000, 1);
  const RandomStream stream(1, "test/cross-entropy");
  std::vector<double> wide, same;
  const double log_root = std::log(2 * std::acos(-1.0)) / 2;
  for (std::uint32_t i = 0; i < 4000; ++i) {
    stream.normals(i, 1, x.row(i));
    const double square = x.row(i)[0] * x.row(i)[0];
    wide.push_back(-log_root - std::log(2) - square / 8);
    same.push_back(-log_root - square / 2);
  }
  // The entropy by neighbours has a standard error of about 0.85 / sqrt(n) for k = 3.
  CHECK(kl_to_density(x, wide) == Approx(0.318147).margin(3 * 0.9 / std::sqrt(4000)));
  CHECK(kl_to_density(x, same) == Approx(0).margin(3 * 0.9 / std::sqrt(4000)));
}

TEST_CASE("Each point needs its density") {
  CHECK(error_text<PluginError>([] {
          kl_to_density(line_of({0, 1, 2}), {0}, 1);
        }) ==
        "KL to a known density needs its logarithm at each point: there are 3 points and 1 "
        "densities.");
}
