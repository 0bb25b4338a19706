#include <saddle/autograd/grad.hpp>
#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/autograd/ops/math.hpp>
#include <saddle/autograd/ops/reduce.hpp>

#include "plugins/given_round.hpp"
#include "plugins/make_plugin.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace saddle;
using namespace saddle::test;

namespace {

constexpr double kTolerance = sizeof(Scalar) == 8 ? 1e-8 : 1e-6;
Approx near(double value) { return Approx(value).epsilon(kTolerance); }

// Logits 0, and as the rate the input times a parameter of value 2.
class Rated final : public Discriminator {
 public:
  Variable& factor = parameter("factor", {1}, init::constant(2));
  Outputs forward(const Batch& batch, Context&) override {
    Outputs outputs(0.0 * batch.x);
    outputs.set("rate", batch.x * factor);
    return outputs;
  }
};

class Copy final : public Generator {
 public:
  Samples forward(const Latent& latent, Context&) override { return latent.joined(); }
};

// Its samples are the latents, its rate their sum times a parameter of value 2.
class Encoded final : public Generator {
 public:
  Variable& factor = parameter("factor", {1}, init::constant(2));
  Samples forward(const Latent& latent, Context&) override {
    Samples samples(latent.joined());
    samples.set("rate", latent.joined() * factor);
    return samples;
  }
};

// Real rates 2 and 6, generated ones 8 and 16: their half sum is (4 + 12) / 2 = 8 nats.
struct Update {
  Update() {
    discriminator.initialise(RandomStream(1, "init"));
    given.round.enter_term("bottleneck", {"rate", "beta"});
  }
  Rated discriminator;
  Copy generator;
  GivenRound given{generator, discriminator, tensor({2, 1}, {1, 3}), tensor({2, 1}, {4, 8})};
};

std::unique_ptr<Loss> bottleneck(double information, double beta, double step,
                                 const char* name = "bottleneck") {
  auto loss = make<kinds::loss>(
      name,
      {{"information", number(information)}, {"beta", number(beta)}, {"beta_step", number(step)}},
      Shapes{{1}, {{"z", 1}}, {1}, {1}, 0});
  loss->initialise(RandomStream(1, "init"));
  return loss;
}

// With what its last digit cannot hold.
double beta_of(Loss& loss) {
  double beta = 0;
  for (const NamedBuffer& named : loss.buffers()) beta += double{*named.buffer->value().data()};
  return beta;
}

}  // namespace

TEST_CASE("The bottleneck adds beta times the excess of the rate over the information allowed") {
  Update update;
  const auto loss = bottleneck(3, 0.5, 0);
  const Variable value = loss->discriminator(update.given.round);
  CHECK(value.item() == near(0.5 * (8 - 3)));
  CHECK(update.given.round.logged().at("bottleneck/rate") == near(8));
  CHECK(update.given.round.logged().at("bottleneck/beta") == near(0.5));
  // d rate / d factor = (2 + 6) / 2.
  CHECK(grad(value, {update.discriminator.factor})[0].item() == near(0.5 * 4));
}

TEST_CASE("The multiplier follows the excess after updates of the discriminator") {
  Update update;
  const auto loss = bottleneck(3, 0.5, 0.01);
  loss->discriminator(update.given.round);
  CHECK(beta_of(*loss) == near(0.5));
  loss->after_update(Player::generator, update.generator);
  CHECK(beta_of(*loss) == near(0.5));
  loss->after_update(Player::discriminator, update.discriminator);
  CHECK(beta_of(*loss) == near(0.55));
  // Without a new objective nothing moves.
  loss->after_update(Player::discriminator, update.discriminator);
  CHECK(beta_of(*loss) == near(0.55));
}

TEST_CASE("Steps of the multiplier that are too small for its last digit add up") {
  Update update;
  const auto loss = bottleneck(0, 1, 1e-9);
  const double rate = loss->discriminator(update.given.round).item();
  for (int i = 0; i < 1000; ++i) {
    loss->discriminator(update.given.round);
    loss->after_update(Player::discriminator, update.discriminator);
  }
  CHECK((beta_of(*loss) - 1) / (1000 * 1e-9 * rate) == Approx(1).epsilon(1e-3));
}

TEST_CASE("The multiplier never falls below zero") {
  Update update;
  const auto loss = bottleneck(10, 0.01, 1);
  loss->discriminator(update.given.round);
  loss->after_update(Player::discriminator, update.discriminator);
  CHECK(beta_of(*loss) == 0);
}

TEST_CASE("The bottleneck is an objective of the discriminator and needs its rate") {
  const auto loss = bottleneck(0.2, 0, 1e-6);
  CHECK(loss->objectives().discriminator);
  CHECK_FALSE(loss->objectives().generator);
  CHECK_FALSE(loss->objectives().own);
  CHECK(loss->needs() == std::vector<std::string>{"rate"});
  REQUIRE(loss->buffers().size() == 2);
  CHECK(loss->buffers()[0].path == "limit.beta");
  CHECK(loss->buffers()[1].path == "limit.beta-rest");
}

TEST_CASE("The generator's bottleneck limits the rate that the generator returns") {
  Rated discriminator;
  Encoded generator;
  generator.initialise(RandomStream(1, "init"));
  GivenRound given(generator, discriminator, tensor({2, 1}, {1, 3}), tensor({2, 1}, {4, 8}));
  given.round.enter_term("term", {"rate", "beta"});
  const auto loss = bottleneck(3, 0.5, 0.01, "generator-bottleneck");
  CHECK_FALSE(loss->objectives().discriminator);
  CHECK(loss->objectives().generator);
  CHECK(loss->needs().empty());
  CHECK(loss->needs_of_generator() == std::vector<std::string>{"rate"});
  // The rate is the mean of 8 and 16 nats.
  const Variable value = loss->generator(given.round);
  CHECK(value.item() == near(0.5 * (12 - 3)));
  CHECK(given.round.logged().at("term/rate") == near(12));
  CHECK(given.round.logged().at("term/beta") == near(0.5));
  CHECK(grad(value, {generator.factor})[0].item() == near(0.5 * 6));
  loss->after_update(Player::discriminator, discriminator);
  CHECK(beta_of(*loss) == near(0.5));
  loss->after_update(Player::generator, generator);
  CHECK(beta_of(*loss) == near(0.59));
}
