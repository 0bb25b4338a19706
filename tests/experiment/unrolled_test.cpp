#include "dirac_game.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <string>

using namespace saddle;
using testing::DiracGame;
using testing::kBound;
using testing::kDouble;

namespace {

std::string unrolled(int steps) {
  return "update: {unrolled: {steps: " + std::to_string(steps) + "}}, ";
}

// A number with its derivative with respect to theta: the unrolled gradient by hand.
struct Dual {
  double value, slope;
};
Dual operator+(Dual a, Dual b) { return {a.value + b.value, a.slope + b.slope}; }
Dual operator*(Dual a, Dual b) {
  return {a.value * b.value, a.slope * b.value + a.value * b.slope};
}
Dual operator/(Dual a, Dual b) {
  return {a.value / b.value, (a.slope * b.value - a.value * b.slope) / (b.value * b.value)};
}
Dual operator*(double c, Dual a) { return {c * a.value, c * a.slope}; }
Dual root(Dual a) { return {std::sqrt(a.value), a.slope / (2 * std::sqrt(a.value))}; }
Dual sigmoid(Dual a) {
  const double s = 1 / (1 + std::exp(-a.value));
  return {s, s * (1 - s) * a.slope};
}

// Adam with beta1 0.5 and beta2 0.9 on a number, rate 0.1.
struct DualAdam {
  Dual m, v;
  int t;
  Dual step(Dual w, Dual g) {
    ++t;
    m = 0.5 * m + 0.5 * g;
    v = 0.9 * v + 0.1 * (g * g);
    const Dual mean = (1 / (1 - std::pow(0.5, t))) * m;
    const Dual deviation = root((1 / (1 - std::pow(0.9, t))) * v) + Dual{1e-8, 0};
    return w + (-0.1) * (mean / deviation);
  }
};

void expect(DiracGame& game, double theta, double psi) {
  CHECK(std::abs(game.theta() - theta) < kBound);
  CHECK(std::abs(game.psi() - psi) < kBound);
}

}  // namespace

// psi after k steps is psi + k h theta, and so the generator's objective psi theta + k h theta^2.
TEST_CASE("Unrolling the bilinear game adds the discriminator's answer to the gradient",
          "[double]") {
  for (const int steps : {1, 5}) {
    DiracGame game("{plugin: dirac-linear}", unrolled(steps) + DiracGame::sgd(0.1));
    double theta = 1, psi = 1;
    for (int step = 1; step <= 30; ++step) {
      const double gradient = psi + 2 * steps * 0.1 * theta;
      psi += 0.1 * theta;
      theta -= 0.1 * gradient;
      game.run(1);
      INFO(steps << " steps ahead, step " << step);
      expect(game, theta, psi);
    }
  }
}

// L_D = softplus(-psi theta), whose gradient is -theta s(-psi theta).
TEST_CASE("Unrolling the Dirac-GAN differentiates through every step of the discriminator",
          "[double]") {
  DiracGame game("{plugin: bce, form: minimax}", unrolled(3) + DiracGame::sgd(0.2));
  double theta_now = 1, psi_now = 1;
  for (int step = 1; step <= 30; ++step) {
    const Dual theta{theta_now, 1};
    Dual psi{psi_now, 0};
    double next = 0;
    for (int k = 1; k <= 3; ++k) {
      psi = psi + 0.2 * (theta * sigmoid(-1 * (psi * theta)));
      if (k == 1) next = psi.value;
    }
    // -softplus(-psi theta)
    theta_now -= 0.2 * sigmoid(-1 * (psi * theta)).value * (psi * theta).slope;
    psi_now = next;
    game.run(1);
    INFO("step " << step);
    expect(game, theta_now, psi_now);
  }
}

// R1 and R2 of D(x) = psi x are psi^2 / 2 whatever x is, though psi k steps ahead depends on it.
TEST_CASE("Penalties on steps ahead differentiate by the inputs alone", "[double]") {
  for (const char* penalty : {"r1", "r2"}) {
    DiracGame game("{plugin: bce, form: minimax}, {plugin: " + std::string(penalty) + ", gamma: 1}",
                   unrolled(3) + DiracGame::sgd(0.2));
    double theta_now = 1, psi_now = 1;
    for (int step = 1; step <= 30; ++step) {
      const Dual theta{theta_now, 1};
      Dual psi{psi_now, 0};
      double next = 0;
      for (int k = 1; k <= 3; ++k) {
        psi = psi + 0.2 * (theta * sigmoid(-1 * (psi * theta))) + (-0.2) * psi;
        if (k == 1) next = psi.value;
      }
      theta_now -= 0.2 * sigmoid(-1 * (psi * theta)).value * (psi * theta).slope;
      psi_now = next;
      game.run(1);
      INFO(penalty << ", step " << step);
      expect(game, theta_now, psi_now);
    }
  }
}

TEST_CASE("Unrolling through Adam starts from the moments and leaves them alone", "[double]") {
  DiracGame game("{plugin: bce, form: minimax}",
                 unrolled(4) +
                     "optimizer: {generator: {sgd: {lr: 0.1}}, discriminator: {adam: "
                     "{lr: 0.1, beta1: 0.5, beta2: 0.9}}}");
  double theta_now = 1, psi_now = 1;
  DualAdam kept{{0, 0}, {0, 0}, 0};
  for (int step = 1; step <= 20; ++step) {
    const Dual theta{theta_now, 1};
    Dual psi{psi_now, 0};
    // What Adam remembers does not depend on theta.
    DualAdam ahead{{kept.m.value, 0}, {kept.v.value, 0}, kept.t};
    double next = 0;
    for (int k = 1; k <= 4; ++k) {
      psi = ahead.step(psi, -1 * (theta * sigmoid(-1 * (psi * theta))));
      if (k > 1) continue;
      next = psi.value;
      kept = ahead;
    }
    theta_now -= 0.1 * sigmoid(-1 * (psi * theta)).value * (psi * theta).slope;
    psi_now = next;
    game.run(1);
    INFO("step " << step);
    expect(game, theta_now, psi_now);
  }
}
