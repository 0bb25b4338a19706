#include "experiment/trainer.hpp"
#include "places.hpp"
#include "temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <fstream>
#include <string>
#include <vector>

using namespace saddle;

namespace {

// The double build checks whole trajectories; float keeps six digits for ten steps.
constexpr bool kDouble = sizeof(Scalar) == sizeof(double);
constexpr double kBound = kDouble ? 1e-8 : 1e-5;

struct Game {
  std::string form = "minimax", update = "alternating";
  double gamma = 0;
};

std::string spec_text(const Game& game) {
  std::string penalty;
  if (game.gamma > 0) penalty = ", {plugin: r1, gamma: " + std::to_string(game.gamma) + "}";
  return "dataset: {plugin: dirac}\nlatent: {z: {normal: 1}}\n"
         "generator: {plugin: dirac}\ndiscriminator: {plugin: dirac}\n"
         "losses: [{plugin: bce, form: " +
         game.form + "}" + penalty + "]\ntrain: {steps: 500, batch: 4, update: " + game.update +
         ", optimizer: {generator: {sgd: {lr: 0.2}}, discriminator: {sgd: {lr: 0.2}}}}\n";
}

// (theta, psi) after each step, from (1, 1).
class Trajectory {
 public:
  explicit Trajectory(const Game& game) {
    const testing::TemporaryFolder folder;
    std::ofstream(folder.file("dirac.yaml")) << spec_text(game);
    const Catalog catalog({testing::kExperimentFixtureFolder, testing::kPluginFolder});
    experiment_ = make_experiment(read_spec(folder.file("dirac.yaml"), catalog), catalog);
    Trainer trainer(*experiment_);
    for (int step = 0; step < 500; ++step) {
      trainer.step();
      points_.push_back({value(*experiment_->generator), value(*experiment_->discriminator)});
    }
  }

  void expect(std::size_t step, double theta, double psi) const {
    if (!kDouble && step > 10) return;
    INFO("step " << step);
    CHECK(std::abs(points_[step - 1].theta - theta) < kBound);
    CHECK(std::abs(points_[step - 1].psi - psi) < kBound);
  }
  double radius(std::size_t step) const {
    return std::hypot(points_[step - 1].theta, points_[step - 1].psi);
  }

 private:
  struct Point {
    double theta, psi;
  };
  static double value(Module& module) {
    return static_cast<double>(module.parameters()[0].variable->item());
  }
  std::unique_ptr<Experiment> experiment_;
  std::vector<Point> points_;
};

}  // namespace

// The values are those of the recurrences written out in double, to nine digits: hence the bound.
TEST_CASE("The Dirac-GAN follows its simultaneous trajectories", "[double]") {
  const Trajectory gan({"minimax", "simultaneous"});
  gan.expect(1, .946211716, 1.053788284);
  gan.expect(10, .257053374, 1.417682168);
  gan.expect(100, .188107412, 1.953588571);
  const Trajectory ns({"non-saturating", "simultaneous"});
  ns.expect(1, .853788284, 1.053788284);
  ns.expect(10, -.358261962, 1.202800508);
  ns.expect(100, -.121351449, -.731473603);
  const Trajectory weak({"minimax", "simultaneous", .3});
  weak.expect(1, .946211716, .993788284);
  weak.expect(10, .364932198, .891536968);
  weak.expect(100, -.079625223, -.058810948);
  const Trajectory strong({"minimax", "simultaneous", 1});
  strong.expect(1, .946211716, .853788284);
  strong.expect(10, .559324894, .361038927);
  strong.expect(100, .000280024, .000255594);
  if (kDouble) {
    CHECK(gan.radius(500) == Approx(3.096948667).epsilon(1e-8));
    CHECK(ns.radius(500) == Approx(.6402070812).epsilon(1e-8));
    CHECK(weak.radius(500) == Approx(2.642656e-06).epsilon(1e-6));
  }
}

TEST_CASE("The Dirac-GAN follows its alternating trajectories, discriminator first", "[double]") {
  const Trajectory gan({"minimax", "alternating"});
  gan.expect(1, .945519502, 1.053788284);
  gan.expect(10, .244452338, 1.416222878);
  gan.expect(100, -1.329069282, -.458587029);
  const Trajectory ns({"non-saturating", "alternating"});
  ns.expect(1, .843722841, 1.053788284);
  ns.expect(10, -.374636568, 1.185756293);
  ns.expect(100, -.037125810, -.573876900);
  const Trajectory weak({"minimax", "alternating", .3});
  weak.expect(1, .946302743, .993788284);
  weak.expect(10, .369844032, .892057802);
  weak.expect(100, -.050529587, -.030648182);
  const Trajectory strong({"minimax", "alternating", 1});
  strong.expect(1, .949005141, .853788284);
  strong.expect(10, .587567384, .366829059);
  strong.expect(100, .000974790, .000766791);
}
