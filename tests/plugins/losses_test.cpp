#include "plugins/loss_game.hpp"

#include <cmath>

using namespace saddle;
using namespace saddle::test;

namespace {

double sigmoid_of(double x) { return 1 / (1 + std::exp(-x)); }

// Of both objectives on TF-GAN's logits.
void expect(Loss& term, double discriminator, double generator) {
  Logits game;
  CHECK(discriminator_value(term, game) == near(discriminator));
  CHECK(generator_value(term, game) == near(generator));
}

}  // namespace

TEST_CASE("Binary cross-entropy has its published values on given logits") {
  expect(*make_loss("bce"), 5.833865893, 1.385820880);
  // TF-GAN's -4.82408 holds sp(-1) = 0.31326 of the real logits too, which no generator changes.
  expect(*make_loss("bce", {{"form", text("minimax")}}), 5.833865893, -4.510820880);
}

TEST_CASE("One-sided label smoothing is TF-GAN's, on real samples alone") {
  // 0.125 E r = 0.3625 more.
  expect(*make_loss("bce", {{"label_smoothing", number(0.25)}}), 6.196365893, 1.385820880);
}

TEST_CASE("Least squares has its published values on given logits") {
  expect(*make_loss("least-squares"), 41.73375, 17.69625);
  // With targets 0 and -1: E r^2 / 2 + E (f + 1)^2 / 2 and E f^2 / 2.
  expect(
      *make_loss("least-squares", {{"real_target", number(0)}, {"generated_target", number(-1)}}),
      23.8125 + 23.94625, 20.32125);
}

TEST_CASE("Hinge and Wasserstein losses have their published values on given logits") {
  expect(*make_loss("hinge"), 6.75, -3.125);
  expect(*make_loss("wasserstein"), 0.225, -3.125);
}

TEST_CASE("Relativistic losses of averages have their published values") {
  expect(*make_loss("relativistic"), 5.2120130317, 4.7620130317);
  expect(*make_loss("relativistic", {{"link", text("hinge")}}), 6.39375, 5.1625);
  expect(*make_loss("relativistic", {{"link", text("least-squares")}}), 73.093125, 71.293125);
  // TF-GAN's own logits of real samples.
  Logits game({-2, 0.4, 12.5, 2.7});
  const auto logistic = make_loss("relativistic");
  CHECK(discriminator_value(*logistic, game) == near(4.390113684));
  CHECK(generator_value(*logistic, game) == near(4.940113684));
}

TEST_CASE("Relativistic losses of pairs have their published values") {
  const auto paired = [](const char* link) {
    return make_loss("relativistic", {{"form", text("paired")}, {"link", text(link)}});
  };
  expect(*paired("logistic"), 4.8224353869, 4.5974353869);
  expect(*paired("hinge"), 5.475, 4.775);
  expect(*paired("least-squares"), 141.1525, 140.2525);
}

TEST_CASE("Adversarial losses have both players' objectives and no own one") {
  for (const char* name :
       {"bce", "least-squares", "hinge", "wasserstein", "relativistic", "f-gan"}) {
    INFO(name);
    const Loss::Objectives objectives = make_loss(name)->objectives();
    CHECK(objectives.discriminator);
    CHECK(objectives.generator);
    CHECK_FALSE(objectives.own);
  }
  for (const char* name : {"r1", "r2", "gradient-penalty", "dragan", "roth"}) {
    INFO(name);
    const Loss::Objectives objectives = make_loss(name)->objectives();
    CHECK(objectives.discriminator);
    CHECK_FALSE(objectives.generator);
    CHECK_FALSE(objectives.own);
  }
}

TEST_CASE("The generator's gradient is that of its own form") {
  const std::vector<double> f = {10, 4.4, -5.5, 3.6};
  double non_saturating = 0, minimax = 0, least_squares = 0;
  for (const double x : f) {
    non_saturating -= sigmoid_of(-x) / 4;
    minimax -= sigmoid_of(x) / 4;
    least_squares += (x - 1) / 4;
  }
  const auto gradient = [](const std::unique_ptr<Loss>& term) {
    Logits game;
    return grad(term->generator(game.round), {game.generator.shift_by})[0].item();
  };
  CHECK(gradient(make_loss("bce")) == near(non_saturating));
  CHECK(gradient(make_loss("bce", {{"form", text("minimax")}})) == near(minimax));
  CHECK(gradient(make_loss("least-squares")) == near(least_squares));
  CHECK(gradient(make_loss("hinge")) == near(-1));
  CHECK(gradient(make_loss("wasserstein")) == near(-1));
}

TEST_CASE("A pair's relativistic gradient reaches the generator through its own logit alone") {
  const auto term = make_loss("relativistic", {{"form", text("paired")}});
  Logits game;
  // d/df softplus(r - f) = -s(r - f) at the differences -15, -3, 18 and -0.9.
  const double expected =
      -(sigmoid_of(-15) + sigmoid_of(-3) + sigmoid_of(18) + sigmoid_of(-0.9)) / 4;
  CHECK(grad(term->generator(game.round), {game.generator.shift_by})[0].item() == near(expected));
}

TEST_CASE("Weight clipping follows the discriminator's update, and no other") {
  Quadratic discriminator;
  Shifted generator;
  *generator.parameters()[0].variable = Variable::leaf(full({1}, 7));
  const auto value = [](Module& module, std::size_t i) {
    return double{module.parameters()[i].variable->item()};
  };
  const auto clipped = make_loss("wasserstein", {{"clip", number(0.75)}}),
             unclipped = make_loss("wasserstein");
  unclipped->after_update(Player::discriminator, discriminator);
  CHECK(value(discriminator, 0) == 3);
  *discriminator.parameters()[1].variable = Variable::leaf(full({1}, -2));
  clipped->after_update(Player::generator, generator);
  clipped->after_update(Player::discriminator, discriminator);
  CHECK(value(generator, 0) == 7);
  CHECK(value(discriminator, 0) == 0.75);
  CHECK(value(discriminator, 1) == -0.75);
  CHECK(discriminator.parameters()[0].variable->tracked());
}
