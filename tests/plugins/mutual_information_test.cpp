#include "autograd/differences.hpp"
#include "plugins/loss_game.hpp"

#include <cmath>

using namespace saddle;
using namespace saddle::test;
using saddle::testing::kBound;
using saddle::testing::worst_error;

namespace {

Value hidden(const std::vector<double>& units, const char* activation = "tanh") {
  Value network = Value::mapping();
  network.set("hidden", list(units));
  network.set("activation", text(activation));
  return network;
}

// Latents and samples of four rows, the sample being the latent.
struct Rows : Game {
  Rows() : Game(Logits::identity(), zeros({4, 1}), tensor({4, 1}, {-1, 0.5, 2, 0.25})) {}
};

double norm(const Tensors& tensors) {
  double total = 0;
  for (const Tensor& x : tensors) total += squared_norm(x);
  return std::sqrt(total);
}

}  // namespace

TEST_CASE("A critic of two linear maps gives InfoNCE of the products of samples and codes") {
  const auto term =
      make_loss("mutual-information",
                {{"bound", text("info-nce")}, {"embedding", number(1)}, {"network", hidden({})}});
  const auto parameters = term->parameters();
  REQUIRE(parameters.size() == 4);
  for (const NamedParameter& parameter : parameters) {
    const bool weight = parameter.path.find("weight") != std::string::npos;
    *parameter.variable = Variable::leaf(full(parameter.variable->shape(), weight ? 1 : 0));
  }
  Rows game;
  game.enter(*term);
  const std::vector<double> z = {-1, 0.5, 2, 0.25};
  double expected = std::log(4);
  for (const double x : z) {
    double partition = 0;
    for (const double c : z) partition += std::exp(x * c);
    expected += (x * x - std::log(partition)) / 4;
  }
  CHECK(term->own(game.round).item() == near(-expected));
  CHECK(term->generator(game.round).item() == near(-expected));
  CHECK(game.logged("information") == near(expected));
}

TEST_CASE("Pairs drawn apart are a derangement of those drawn together") {
  // The critic 100 - 400 (x - c)^2 would see equal rows; a rectifier of x - c does it: the score is
  // -1000 max(0, x - c) - 1000 max(0, c - x), 0 on pairs drawn together alone.
  const auto term = make_loss("mutual-information", {{"bound", text("donsker-varadhan")},
                                                     {"network", hidden({2}, "relu")}});
  const auto parameters = term->parameters();
  *parameters[0].variable = Variable::leaf(tensor({2, 2}, {1, -1, -1, 1}));
  *parameters[2].variable = Variable::leaf(tensor({2, 1}, {-1000, -1000}));
  Rows game;
  game.enter(*term);
  // At distances of 0.25 or more every score apart is -250 or less.
  CHECK(-term->own(game.round).item() >= 250);
}

TEST_CASE("MINE's average moves when the critic is trained, and never with the generator") {
  const auto term = make_loss("mutual-information", {{"network", hidden({3})}});
  Rows game;
  game.enter(*term);
  Buffer& average = *term->buffers()[0].buffer;
  CHECK(std::isinf(average.value()(0)));
  term->generator(game.round);
  average.commit();
  CHECK(std::isinf(average.value()(0)));
  term->own(game.round);
  CHECK(std::isinf(average.value()(0)));
  average.commit();
  CHECK(std::isfinite(average.value()(0)));
}

TEST_CASE("The gradients of the bounds by critic and generator agree with differences",
          "[double]") {
  // SMILE's gradient is not that of its value.
  for (const char* bound : {"mine", "donsker-varadhan", "nwj", "info-nce"}) {
    INFO(bound);
    const auto term =
        make_loss("mutual-information",
                  {{"bound", text(bound)}, {"embedding", number(2)}, {"network", hidden({3})}});
    Variables inputs = {Variable::leaf(full({1}, 0.2))};
    for (const NamedParameter& parameter : term->parameters())
      inputs.push_back(*parameter.variable);
    const auto objectives = [&](const Variables& v) {
      const Substitution substitution(*term, {v.begin() + 1, v.end()});
      Rows game;
      game.generator.shift_by = v[0];
      game.enter(*term);
      return term->own(game.round) + 2 * term->generator(game.round);
    };
    CHECK(worst_error(objectives, inputs) < kBound);
  }
}

TEST_CASE("The gradient of the information is cut to the norm of the others") {
  const auto clipped = make_loss("mutual-information"),
             free = make_loss("mutual-information", {{"adaptive_clip", text("false")}});
  CHECK(clipped->separate());
  CHECK_FALSE(free->separate());
  const Tensors others = {tensor({2}, {3, 0}), tensor({1}, {4})};
  const Tensors large = {tensor({2}, {0, 60}), tensor({1}, {80})},
                small = {tensor({2}, {0, 0.6}), tensor({1}, {0.8})};
  const auto added = [&](const Tensors& mine) {
    Tensors total = clipped->combine(Player::generator, others, mine);
    for (std::size_t i = 0; i < total.size(); ++i)
      for (std::size_t j = 0; j < total[i].size(); ++j) total[i].data()[j] -= others[i].data()[j];
    return total;
  };
  CHECK(norm(added(large)) == near(5));
  CHECK(added(large)[0](1) == near(3));
  CHECK(added(small)[0](1) == near(0.6));
  CHECK(norm(added(small)) == near(1));
}
