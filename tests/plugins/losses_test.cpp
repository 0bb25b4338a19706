#include <saddle/autograd/grad.hpp>
#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/autograd/ops/layout.hpp>
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

// D(x) = x.
class Identity final : public Discriminator {
 public:
  Outputs forward(const Batch& batch, Context&) override { return batch.x; }
};

// D(x) = a x0^2 + b x1.
class Quadratic final : public Discriminator {
 public:
  Variable& a = parameter("a", {1}, init::constant(3));
  Variable& b = parameter("b", {1}, init::constant(0.5));
  Outputs forward(const Batch& batch, Context&) override {
    return a * square(slice(batch.x, 1, 0, 1)) + b * slice(batch.x, 1, 1, 2);
  }
};

// G(z) = z + shift, so that its gradient shows.
class Shifted : public Generator {
 public:
  Variable& shift_by = parameter("shift", {1}, init::constant(0));
  Variable forward(const Latent& latent, Context&) override { return latent.joined() + shift_by; }
};

// A round of given real samples and latents, played by the shifted latents themselves.
struct Game : private Shifted, GivenRound {
  Game(Discriminator& discriminator, const Tensor& real, const Tensor& latent)
      : GivenRound(static_cast<Shifted&>(*this), discriminator, real, latent),
        generator(static_cast<Shifted&>(*this)) {}
  Shifted& generator;
};

std::unique_ptr<Loss> loss(const std::string& name, Entries options = {}) {
  return make<kinds::loss>(name, options, Shapes{{1}, {{"z", 1}}, {1}, {1}, 0});
}

// The logits of the tests of TF-GAN.
struct Logits : Game {
  Logits()
      : Game(identity, tensor({4, 1}, {-5, 1.4, 12.5, 2.7}), tensor({4, 1}, {10, 4.4, -5.5, 3.6})) {
  }
  static Identity identity;
};
Identity Logits::identity;

double sigmoid_of(double x) { return 1 / (1 + std::exp(-x)); }

}  // namespace

TEST_CASE("Binary cross-entropy has its published values on given logits") {
  Logits game;
  const auto non_saturating = loss("bce"), minimax = loss("bce", {{"form", text("minimax")}});
  CHECK(non_saturating->discriminator(game.round).item() == near(5.83386589));
  CHECK(non_saturating->generator(game.round).item() == near(1.38582088));
  CHECK(minimax->discriminator(game.round).item() == near(5.83386589));
  // TF-GAN's -4.82408 holds sp(-1) = 0.31326 of the real logits too, which no generator changes.
  CHECK(minimax->generator(game.round).item() == near(-4.510820880));
}

TEST_CASE("Least squares has its published values on given logits") {
  Logits game;
  const auto plain = loss("least-squares");
  CHECK(plain->discriminator(game.round).item() == near(41.73375));
  CHECK(plain->generator(game.round).item() == near(17.69625));
  // With targets 0 and -1: E r^2 / 2 + E (f + 1)^2 / 2 and E f^2 / 2.
  const auto moved =
      loss("least-squares", {{"real_target", number(0)}, {"generated_target", number(-1)}});
  CHECK(moved->discriminator(game.round).item() == near(23.8125 + 23.94625));
  CHECK(moved->generator(game.round).item() == near(20.32125));
}

TEST_CASE("Adversarial losses have both players' objectives and no own one") {
  for (const char* name : {"bce", "least-squares"}) {
    const Loss::Objectives objectives = loss(name)->objectives();
    CHECK(objectives.discriminator);
    CHECK(objectives.generator);
    CHECK_FALSE(objectives.own);
  }
  const Loss::Objectives penalty = loss("r1")->objectives();
  CHECK(penalty.discriminator);
  CHECK_FALSE(penalty.generator);
  CHECK_FALSE(penalty.own);
}

TEST_CASE("The generator's gradient is that of its own form") {
  const std::vector<double> f = {10, 4.4, -5.5, 3.6};
  double non_saturating = 0, minimax = 0, least_squares = 0;
  for (const double x : f) {
    non_saturating -= sigmoid_of(-x) / 4;
    minimax -= sigmoid_of(x) / 4;
    least_squares += (x - 1) / 4;
  }
  const auto gradient = [](const Loss* term) {
    Logits game;
    return grad(const_cast<Loss*>(term)->generator(game.round), {game.generator.shift_by})[0]
        .item();
  };
  CHECK(gradient(loss("bce").get()) == near(non_saturating));
  CHECK(gradient(loss("bce", {{"form", text("minimax")}}).get()) == near(minimax));
  CHECK(gradient(loss("least-squares").get()) == near(least_squares));
}

TEST_CASE("R1 penalises the gradient at the real samples and reaches the discriminator") {
  Quadratic discriminator;
  discriminator.initialise(RandomStream(1, "init"));
  Game game(discriminator, tensor({2, 2}, {1, 7, -2, 5}), tensor({2, 2}, {9, 9, 9, 9}));
  const auto penalty = loss("r1", {{"gamma", number(4)}});
  game.round.enter_term("r1", {"squared-norm"});
  const Variable value = penalty->discriminator(game.round);
  // grad D = (2 a x0, b): with a = 3, b = 1/2 and E x0^2 = 5/2, E |grad D|^2 = 36 * 5/2 + 1/4.
  CHECK(value.item() == near(2 * 90.25));
  CHECK(game.round.logged().at("r1/squared-norm") == near(90.25));
  // d/da = gamma / 2 * 8 a E x0^2, d/db = gamma b.
  const auto gradients = grad(value, {discriminator.a, discriminator.b});
  CHECK(gradients[0].item() == near(2 * 8 * 3 * 2.5));
  CHECK(gradients[1].item() == near(4 * 0.5));
}

TEST_CASE("The derivatives of R1 by all weights of a network agree with differences", "[double]") {
  const Tensor real = tensor({3, 2}, {1, 0.3, -0.7, 0.9, 0.2, -1.1});
  const auto network =
      make<kinds::discriminator>("mlp", {{"hidden", list({4, 3})}, {"activation", text("tanh")}},
                                 Shapes{{2}, {{"z", 2}}, {2}, {2}, 0});
  network->initialise(RandomStream(1, "init"));
  std::vector<Variable> weights;
  for (const NamedParameter& parameter : network->parameters())
    weights.push_back(*parameter.variable);
  const auto penalty = loss("r1");
  const auto penalty_at = [&](const std::vector<Variable>& values) {
    const Substitution substitution(*network, values);
    Game game(*network, real, real);
    game.round.enter_term("r1", {"squared-norm"});
    return penalty->discriminator(game.round);
  };
  const std::vector<Variable> gradients = grad(penalty_at(weights), weights);

  const bool exact = sizeof(Scalar) == 8;
  const double step = exact ? 1e-5 : 1e-2, margin = exact ? 1e-8 : 1e-2;
  for (std::size_t p = 0; p < weights.size(); ++p)
    for (std::size_t i = 0; i < weights[p].size(); ++i) {
      const auto moved = [&](double by) {
        std::vector<Variable> values = weights;
        Tensor value = weights[p].value();
        value.data()[i] += static_cast<Scalar>(by);
        values[p] = Variable(value);
        return double{penalty_at(values).item()};
      };
      CHECK(double{gradients[p].value().data()[i]} ==
            Approx((moved(step) - moved(-step)) / (2 * step)).epsilon(margin).margin(margin));
    }
}
