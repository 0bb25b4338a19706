#include "dirac_game.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <string>
#include <vector>

using namespace saddle;
using testing::DiracGame;
using testing::kBound;
using testing::kDouble;

namespace {

const std::string kGan = "{plugin: bce, form: minimax}", kNsGan = "{plugin: bce}",
                  kWgan = "{plugin: dirac-linear}";

std::string r1(double gamma) {
  return kGan + ", {plugin: r1, gamma: " + std::to_string(gamma) + "}";
}

std::string rule(const std::string& update) { return "update: " + update + ", "; }

struct Point {
  int step;
  double theta, psi;
};

// (theta, psi) after 1, 10 and 100 steps of length 0.2, to nine digits: hence the bound.
void follow(const std::string& losses, const std::string& update,
            const std::vector<Point>& points) {
  DiracGame game(losses, rule(update) + DiracGame::sgd(0.2));
  int done = 0;
  for (const Point& point : points) {
    if (!kDouble && point.step > 10) continue;
    game.run(point.step - done);
    done = point.step;
    INFO(losses << ", " << update << ", step " << done);
    CHECK(std::abs(game.theta() - point.theta) < kBound);
    CHECK(std::abs(game.psi() - point.psi) < kBound);
  }
}

// After 500 steps.
void expect_radius(const std::string& losses, double radius, double precision) {
  if (!kDouble) return;
  DiracGame game(losses, rule("simultaneous") + DiracGame::sgd(0.2));
  CHECK(game.run(500).radius() == Approx(radius).epsilon(precision));
}

// Trace and determinant of the Jacobian of one step of length 0.2 at the equilibrium (0, 0), which
// is linear along the axes.
struct Linearised {
  double trace, determinant;
};
Linearised linearised(const std::string& losses, const std::string& update) {
  constexpr double kSmall = 1e-5;
  std::array<std::array<double, 2>, 2> columns{};
  for (std::size_t i = 0; i < 2; ++i) {
    DiracGame game(losses, rule(update) + DiracGame::sgd(0.2));
    game.place(i == 0 ? kSmall : 0, i == 1 ? kSmall : 0);
    game.run(1);
    columns[i] = {game.theta() / kSmall, game.psi() / kSmall};
  }
  return {columns[0][0] + columns[1][1],
          columns[0][0] * columns[1][1] - columns[1][0] * columns[0][1]};
}

}  // namespace

TEST_CASE("The Dirac-GAN follows its simultaneous trajectories", "[double]") {
  const std::string update = "simultaneous";
  follow(kGan, update,
         {{1, .946211716, 1.053788284},
          {10, .257053374, 1.417682168},
          {100, .188107412, 1.953588571}});
  follow(kNsGan, update,
         {{1, .853788284, 1.053788284},
          {10, -.358261962, 1.202800508},
          {100, -.121351449, -.731473603}});
  follow(kWgan, update,
         {{1, .8, 1.2}, {10, -1.596434022, .641784218}, {100, -1.049371514, 9.995434748}});
  follow(
      r1(.3), update,
      {{1, .946211716, .993788284}, {10, .364932198, .891536968}, {100, -.079625223, -.058810948}});
  follow(
      r1(1), update,
      {{1, .946211716, .853788284}, {10, .559324894, .361038927}, {100, .000280024, .000255594}});
  expect_radius(kGan, 3.096948667, 1e-9);
  expect_radius(kNsGan, .6402070812, 1e-9);
  expect_radius(r1(.3), 2.642656e-06, 1e-6);
  // Each step lengthens (theta, psi) by sqrt(1 + h^2).
  expect_radius(kWgan, std::sqrt(2.0) * std::pow(1.04, 250), 1e-9);
}

TEST_CASE("The Dirac-GAN follows its alternating trajectories, discriminator first", "[double]") {
  const std::string update = "alternating";
  follow(kGan, update,
         {{1, .945519502, 1.053788284},
          {10, .244452338, 1.416222878},
          {100, -1.329069282, -.458587029}});
  follow(kNsGan, update,
         {{1, .843722841, 1.053788284},
          {10, -.374636568, 1.185756293},
          {100, -.037125810, -.573876900}});
  follow(kWgan, update,
         {{1, .76, 1.2}, {10, -1.422909206, .584530785}, {100, -.646547084, 1.401126593}});
  follow(
      r1(.3), update,
      {{1, .946302743, .993788284}, {10, .369844032, .892057802}, {100, -.050529587, -.030648182}});
  follow(
      r1(1), update,
      {{1, .949005141, .853788284}, {10, .587567384, .366829059}, {100, .000974790, .000766791}});
}

// With f' = s(-psi theta) the gradients are psi f' and -theta f', and f'' = -s(psi theta) s(-psi
// theta). The derivative of 1/2 (psi^2 + theta^2) f'^2 by theta is theta f'^2 + (psi^2 + theta^2)
// f' f'' psi; the notebook of Mescheder et al. 2018 has half of its second term.
TEST_CASE("The Dirac-GAN follows its trajectory under consensus optimization", "[double]") {
  const auto half_square = [](double theta, double psi) {
    const double slope = 1 / (1 + std::exp(psi * theta));
    return (psi * psi + theta * theta) * slope * slope / 2;
  };
  DiracGame game(kGan, rule("{consensus: {gamma: 1}}") + DiracGame::sgd(0.2));
  double theta = 1, psi = 1;
  for (int step = 1; step <= (kDouble ? 100 : 10); ++step) {
    const double slope = 1 / (1 + std::exp(psi * theta)), bend = -slope * (1 - slope);
    const double shared = (psi * psi + theta * theta) * slope * bend;
    const double of_theta = psi * slope + theta * slope * slope + shared * psi;
    const double of_psi = -theta * slope + psi * slope * slope + shared * theta;
    const double h = 1e-5;
    const double by_theta = (half_square(theta + h, psi) - half_square(theta - h, psi)) / (2 * h);
    const double by_psi = (half_square(theta, psi + h) - half_square(theta, psi - h)) / (2 * h);
    CHECK(std::abs(of_theta - psi * slope - by_theta) < 1e-9);
    CHECK(std::abs(of_psi + theta * slope - by_psi) < 1e-9);
    theta -= 0.2 * of_theta;
    psi -= 0.2 * of_psi;
    game.run(1);
    INFO("step " << step);
    CHECK(std::abs(game.theta() - theta) < kBound);
    CHECK(std::abs(game.psi() - psi) < kBound);
  }
}

// The continuous game's eigenvalues l (Mescheder et al. 2018, section 4) give 1 + h l for one step.
TEST_CASE("Steps of the Dirac-GAN have the eigenvalues of their game", "[double]") {
  constexpr double h = 0.2;
  const double bound = kDouble ? 1e-9 : 1e-3;
  const auto check = [&](const std::string& losses, const std::string& update, double sum,
                         double product) {
    const Linearised found = linearised(losses, update);
    INFO(losses << ", " << update);
    CHECK(std::abs(found.trace - (2 + h * sum)) < bound);
    CHECK(std::abs(found.determinant - (1 + h * sum + h * h * product)) < bound);
  };
  check(kGan, "simultaneous", 0, 0.25);  // +- i / 2
  // -g/2 +- sqrt(g^2 / 4 - 1/4)
  check(r1(.3), "simultaneous", -.3, 0.25);
  check(r1(1), "simultaneous", -1, 0.25);
  check(r1(2), "simultaneous", -2, 0.25);
  // 1/2 |v|^2 is (theta^2 + psi^2) / 8 to second order: -g/4 +- i/2.
  check(kGan, "{consensus: {gamma: 1}}", -.5, .0625 + .25);
  check(kGan, "{consensus: {gamma: 3}}", -1.5, .5625 + .25);
}
