#include "experiment/measure.hpp"

#include "dirac_game.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace saddle;
using saddle::testing::experiment_of;

namespace {

// More than the sampler makes at a time.
constexpr std::size_t kSamples = 600;

std::string conditional(const std::string& metric) {
  return "dataset: {plugin: ring}\nlatent: {z: {normal: 2}, y: {label: {}}}\n"
         "generator: {plugin: mlp, hidden: [8]}\n"
         "discriminator: {plugin: mlp, hidden: [8], condition: projection}\n"
         "losses: [{plugin: bce}]\ntrain: {steps: 1, batch: 16}\n"
         "metrics: [{plugin: " +
         metric + ", samples: 600}]\n";
}

// The means of the logits of real and of generated samples.
std::pair<double, double> mean_logits(Sampler& sampler, bool labelled) {
  Batch real = sampler.real(kSamples);
  Batch generated{Variable(sampler.generated(kSamples)), sampler.latent(kSamples).labels()};
  if (!labelled) real.labels = generated.labels = {};
  const auto mean = [&](const Batch& batch) {
    const Tensor logits = sampler.discriminate(batch).logits().value();
    double sum = 0;
    for (std::size_t i = 0; i < kSamples; ++i) sum += static_cast<double>(logits(i, 0));
    return sum / kSamples;
  };
  return {mean(real), mean(generated)};
}

}  // namespace

TEST_CASE("Metrics show a conditional discriminator the labels of both kinds of samples") {
  const auto experiment = experiment_of(conditional("logit-divergences"));
  const Trainer trainer(*experiment);
  Sampler sampler(*experiment, trainer);
  sampler.begin(0);
  const std::vector<double> found =
      measure(experiment->metrics.at(0), *experiment, sampler, trainer);
  const auto [real, generated] = mean_logits(sampler, true);
  CHECK(found.at(0) == Approx(real));
  CHECK(found.at(1) == Approx(-generated));
  // Each label is that which its sample was asked for.
  Context context(Mode::evaluate, 0, RandomStream(1, "unused"));
  const Tensor again =
      experiment->generator->forward(sampler.latent(kSamples), context).x().value();
  const Tensor shown = sampler.generated(kSamples);
  for (std::size_t i = 0; i < kSamples; ++i) CHECK(shown(i, 0) == Approx(again(i, 0)));
  const auto [unlabelled, unasked] = mean_logits(sampler, false);
  CHECK(unlabelled != Approx(real));
  CHECK(unasked != Approx(generated));
}
