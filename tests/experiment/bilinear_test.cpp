#include "dirac_game.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <string>

using namespace saddle;
using testing::DiracGame;
using testing::kBound;
using testing::kDouble;

namespace {

// min_theta max_psi psi theta, from (1, 1): the gradients are psi and -theta.
DiracGame game(const std::string& update, const std::string& optimizer = DiracGame::sgd(0.1)) {
  return DiracGame("{plugin: dirac-linear}", "update: " + update + ", " + optimizer);
}

void expect_radius(const std::string& update, double radius) {
  INFO(update);
  // Rounding grows with the steps; in float it leaves four digits.
  CHECK(game(update).run(100).radius() == Approx(radius).epsilon(kDouble ? 5e-10 : 1e-4));
}

// Adam on one number (Kingma and Ba 2015, algorithm 1), with the defaults but for the rate.
struct ScalarAdam {
  double rate, m = 0, v = 0;
  int t = 0;
  // What it adds.
  double change(double g) {
    ++t;
    m = 0.9 * m + 0.1 * g;
    v = 0.999 * v + 0.001 * g * g;
    return -rate * (m / (1 - std::pow(0.9, t))) / (std::sqrt(v / (1 - std::pow(0.999, t))) + 1e-8);
  }
};

const std::string kAdam = DiracGame::both("adam: {lr: 0.1}");

}  // namespace

TEST_CASE("The bilinear game ends where theory says", "[double]") {
  expect_radius("simultaneous", 2.325860628);
  expect_radius("extragradient", .8599397482);
  expect_radius("optimistic", .8599852788);
  if (!kDouble) return;
  CHECK(game("simultaneous").run(100).radius() ==
        Approx(std::sqrt(2.0) * std::pow(1 + .01, 50)).epsilon(1e-12));
  CHECK(game("extragradient").run(100).radius() ==
        Approx(std::sqrt(2.0) * std::pow(1 - .01 + .0001, 50)).epsilon(1e-12));
  CHECK(game("{consensus: {gamma: 0.5}}").run(100).radius() ==
        Approx(std::sqrt(2.0) * std::pow(.95 * .95 + .01, 50)).epsilon(1e-12));
}

TEST_CASE("Alternating updates of the bilinear game keep their invariant", "[double]") {
  DiracGame alternating = game("alternating");
  // The discriminator comes first; seen from (-1, 1) that is the table's game with the roles
  // exchanged.
  alternating.place(-1, 1);
  const auto invariant = [&] {
    return std::pow(alternating.theta(), 2) + std::pow(alternating.psi(), 2) +
           0.1 * alternating.theta() * alternating.psi();
  };
  CHECK(invariant() == Approx(1.9));
  CHECK(alternating.run(100).radius() == Approx(1.393879530).epsilon(kDouble ? 5e-10 : 1e-4));
  CHECK(std::abs(invariant() - 1.9) < (kDouble ? 1e-12 : 1e-4));
}

TEST_CASE("Extragradient with Adam advances the moments at both of its steps", "[double]") {
  DiracGame found = game("extragradient", kAdam);
  ScalarAdam of_theta{0.1}, of_psi{0.1};
  double theta = 1, psi = 1;
  for (int step = 1; step <= 20; ++step) {
    const double theta_ahead = theta + of_theta.change(psi);
    const double psi_ahead = psi + of_psi.change(-theta);
    theta += of_theta.change(psi_ahead);
    psi += of_psi.change(-theta_ahead);
    found.run(1);
    INFO("step " << step);
    CHECK(std::abs(found.theta() - theta) < kBound);
    CHECK(std::abs(found.psi() - psi) < kBound);
  }
}

TEST_CASE("Optimistic Adam takes its last change back, corrected as it was", "[double]") {
  DiracGame found = game("optimistic", kAdam);
  ScalarAdam of_theta{0.1}, of_psi{0.1};
  double theta = 1, psi = 1, theta_before = 0, psi_before = 0;
  for (int step = 1; step <= 20; ++step) {
    const double theta_change = of_theta.change(psi), psi_change = of_psi.change(-theta);
    theta += 2 * theta_change - (step == 1 ? theta_change : theta_before);
    psi += 2 * psi_change - (step == 1 ? psi_change : psi_before);
    theta_before = theta_change;
    psi_before = psi_change;
    found.run(1);
    INFO("step " << step);
    CHECK(std::abs(found.theta() - theta) < kBound);
    CHECK(std::abs(found.psi() - psi) < kBound);
  }
}
