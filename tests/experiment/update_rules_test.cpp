#include "dirac_game.hpp"
#include "error_text.hpp"
#include "experiment/state_table.hpp"

#include <saddle/base/error.hpp>

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace saddle;
using testing::DiracGame;

namespace {

const std::vector<std::string> kRules = {"alternating",
                                         "simultaneous",
                                         "extragradient",
                                         "optimistic",
                                         "{consensus: {gamma: 0.1}}",
                                         "{unrolled: {steps: 2}}"};

// A game with moments, a penalty of second order, noise, an average and a schedule.
std::string spec_with(const std::string& rule) {
  return "dataset: {plugin: ring, points: 50}\nlatent: {z: {normal: 2}}\n"
         "generator: {plugin: mlp, hidden: [4]}\ndiscriminator: {plugin: mlp, hidden: [4]}\n"
         "losses: [{plugin: bce}, {plugin: r1, gamma: 0.1}]\ntrain: {steps: 12, batch: 8, "
         "update: " +
         rule +
         ", average: 0.9, instance_noise: 0.1, clip: {discriminator: {norm: 0.5}}, optimizer: "
         "{generator: {adam: {lr: 0.01}}, discriminator: {rmsprop: {lr: {cosine: {from: 0.01, to: "
         "0}}, momentum: 0.5}}}}\n";
}

State state_after(Trainer& trainer, int steps) {
  for (int i = 0; i < steps; ++i) trainer.step();
  State state;
  trainer.save(state);
  return state;
}

}  // namespace

TEST_CASE("A trainer that is restored goes on to the same bits under every update rule") {
  for (const std::string& rule : kRules) {
    INFO(rule);
    const auto first = testing::experiment_of(spec_with(rule));
    Trainer whole(*first);
    const State start = state_after(whole, 0), middle = state_after(whole, 5),
                end = state_after(whole, 7);
    const auto second = testing::experiment_of(spec_with(rule));
    Trainer restored(*second);
    // What it did before is forgotten.
    state_after(restored, 3);
    restored.restore(middle);
    CHECK_FALSE(first_difference(end, state_after(restored, 7)).has_value());
    restored.restore(start);
    CHECK_FALSE(first_difference(middle, state_after(restored, 5)).has_value());
    // A state has the same names at each step.
    CHECK(start.tensors.size() == end.tensors.size());
    CHECK(start.numbers.size() == end.numbers.size());
  }
}

TEST_CASE("Looking ahead proposes no buffers: they count the updates that were taken") {
  for (const std::string& rule : kRules) {
    INFO(rule);
    DiracGame game("{plugin: bce}", "update: " + rule + ", " + DiracGame::sgd(0.1));
    CHECK(game.run(3).counted() == 3);
  }
}

TEST_CASE("A frozen player stays where it is under every update rule that allows it") {
  for (const std::string& rule : kRules) {
    INFO(rule);
    const std::string train = "update: " + rule + ", " + DiracGame::sgd(0.1);
    DiracGame frozen("{plugin: bce}", train + ", freeze: [generator]");
    frozen.run(3);
    CHECK(frozen.theta() == 1);
    CHECK(frozen.psi() != 1);
    if (rule.find("unrolled") != std::string::npos) continue;
    DiracGame other("{plugin: bce}", train + ", freeze: [discriminator]");
    other.run(3);
    CHECK(other.theta() != 1);
    CHECK(other.psi() == 1);
  }
}

// Two batches for each of 25 steps.
TEST_CASE("An epoch under extragradient is half as many steps") {
  const auto steps = [](const std::string& rule) {
    return testing::experiment_of(
               "dataset: {plugin: ring, points: 400}\nlatent: {z: {normal: 2}}\n"
               "generator: {plugin: mlp}\ndiscriminator: {plugin: mlp}\n"
               "losses: [{plugin: bce}]\ntrain: {epochs: 1, batch: 8, update: " +
               rule + "}\n")
        ->steps;
  };
  CHECK(steps("simultaneous") == 50);
  CHECK(steps("extragradient") == 25);
}

TEST_CASE("Rules that differentiate gradients refuse terms that weigh theirs apart") {
  const auto refusal = [](const std::string& rule) {
    const std::string text = testing::error_text<SpecError>(
        [&] { DiracGame("{plugin: bce}, {plugin: dirac-apart}", "update: " + rule); });
    // Before it stands the place in the spec, whose folder has another name each time.
    const std::size_t place = text.find("train.update: ");
    return place == std::string::npos ? text : text.substr(place);
  };
  CHECK(refusal("unrolled") ==
        "train.update: unrolled differentiates gradients again, and loss 'dirac-apart' weighs its "
        "own against the others'. Take another rule, or another loss.");
  CHECK(refusal("consensus") ==
        "train.update: consensus differentiates gradients again, and loss 'dirac-apart' weighs its "
        "own against the others'. Take another rule, or another loss.");
  CHECK(refusal("optimistic") == "(no error)");
}
