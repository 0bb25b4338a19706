#include <saddle/info/known_densities.hpp>

#include <saddle/base/error.hpp>
#include <saddle/base/random.hpp>

#include "error_text.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace saddle;
using info::kl_between_densities;
using saddle::testing::error_text;

TEST_CASE("KL between known densities is the mean of their log ratio, with the error of a mean") {
  // Ratios 1, 2, 3 and 6: mean 3, squares 4 + 1 + 0 + 9 over 3, over 4.
  const info::Measured found = kl_between_densities({-1, -2, -3, -4}, {-2, -4, -6, -10});
  CHECK(found.value == Approx(3).epsilon(1e-14));
  CHECK(found.standard_error == Approx(std::sqrt(14.0 / 12)).epsilon(1e-14));
  CHECK(kl_between_densities({-1, -2}, {-2, -INFINITY}).value == INFINITY);
  CHECK(std::isnan(kl_between_densities({-1, -2}, {-2, -INFINITY}).standard_error));
}

TEST_CASE("KL between densities of Gaussians is that of the closed form, within its errors") {
  // N(0, s^2) against N(m, 1) in three independent coordinates: 3 / 2 (s^2 - 1 - ln s^2) + m^2 / 2.
  constexpr std::size_t kPoints = 20000;
  const double s = 0.5, m = 1.5;
  std::vector<double> log_p(kPoints), log_q(kPoints);
  const RandomStream stream(1, "test/known-densities");
  for (std::uint32_t i = 0; i < kPoints; ++i) {
    double z[3];
    stream.normals(i, 3, z);
    log_p[i] = -3 * std::log(s);
    for (std::size_t j = 0; j < 3; ++j) {
      const double away = s * z[j] - (j == 0 ? m : 0);
      log_p[i] -= z[j] * z[j] / 2;
      log_q[i] -= away * away / 2;
    }
  }
  const info::Measured found = kl_between_densities(log_p, log_q);
  const double truth = 1.5 * (s * s - 1 - std::log(s * s)) + m * m / 2;
  CHECK(found.value == Approx(truth).margin(3 * found.standard_error));
  // The ratio's variance is that of 3 (1 - s^2)^2 / 2 of the squares and m^2 s^2 of the shift.
  const double variance = 1.5 * std::pow(1 - s * s, 2) + m * m * s * s;
  CHECK(found.standard_error == Approx(std::sqrt(variance / kPoints)).epsilon(0.05));
}

TEST_CASE("Each point needs both densities") {
  CHECK(error_text<PluginError>([] {
          kl_between_densities({0, 1}, {0});
        }) ==
        "KL between known densities needs the logarithms of both at two or more points: there are "
        "2 of the first and 1 of the second.");
}
