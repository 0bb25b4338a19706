#pragma once

#include "experiment/trainer.hpp"
#include "places.hpp"
#include "temporary_folder.hpp"

#include <cmath>
#include <fstream>
#include <memory>
#include <string>

namespace saddle::testing {

// The double build checks whole trajectories; float keeps six digits for ten steps.
constexpr bool kDouble = sizeof(Scalar) == sizeof(double);
constexpr double kBound = kDouble ? 1e-8 : 1e-5;

inline std::unique_ptr<Experiment> experiment_of(const std::string& spec) {
  const TemporaryFolder folder;
  std::ofstream(folder.file("spec.yaml")) << spec;
  const Catalog catalog({kExperimentFixtureFolder, kPluginFolder});
  return make_experiment(read_spec(folder.file("spec.yaml"), catalog), catalog);
}

// The Dirac-GAN, from (theta, psi) = (1, 1).
class DiracGame {
 public:
  // `losses` and `train` are what the spec's sections hold.
  DiracGame(const std::string& losses, const std::string& train)
      : experiment_(experiment_of(
            "dataset: {plugin: dirac}\nlatent: {z: {normal: 1}}\ngenerator: {plugin: dirac}\n"
            "discriminator: {plugin: dirac}\nlosses: [" +
            losses + "]\ntrain: {steps: 500, batch: 4, " + train + "}\n")),
        trainer_(*experiment_) {}

  static std::string sgd(double rate) { return both("sgd: {lr: " + std::to_string(rate) + "}"); }
  static std::string both(const std::string& optimizer) {
    return "optimizer: {generator: {" + optimizer + "}, discriminator: {" + optimizer + "}}";
  }

  DiracGame& run(int steps) {
    for (int i = 0; i < steps; ++i) trainer_.step();
    return *this;
  }
  void place(double theta, double psi) {
    *experiment_->generator->parameters()[0].variable = Variable::leaf(full({1}, theta));
    *experiment_->discriminator->parameters()[0].variable = Variable::leaf(full({1}, psi));
  }
  double theta() const { return value(*experiment_->generator); }
  double psi() const { return value(*experiment_->discriminator); }
  double radius() const { return std::hypot(theta(), psi()); }
  // The discriminator's updates that its buffer counted.
  double counted() const {
    return static_cast<double>(experiment_->discriminator->buffers()[0].buffer->value()(0));
  }
  Trainer& trainer() { return trainer_; }
  const Experiment& experiment() const { return *experiment_; }

 private:
  static double value(Module& module) {
    return static_cast<double>(module.parameters()[0].variable->item());
  }
  std::unique_ptr<Experiment> experiment_;
  Trainer trainer_;
};

}  // namespace saddle::testing
