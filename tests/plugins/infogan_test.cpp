#include "autograd/differences.hpp"
#include "error_text.hpp"
#include "plugins/loss_game.hpp"

#include <cmath>

using namespace saddle;
using namespace saddle::test;
using saddle::testing::error_text;
using saddle::testing::kBound;
using saddle::testing::worst_error;

namespace {

const double kLogTwoPi = std::log(6.28318530717958647692);

Value names(const std::vector<std::string>& list) {
  return FieldType<std::vector<std::string>>::write(list);
}
// Q is one linear layer.
Value linear() {
  Value network = Value::mapping();
  network.set("hidden", Value::sequence({}));
  return network;
}

const double kNormalEntropy = (kLogTwoPi + 1) / 2;
const std::vector<LatentPart> kParts = {{"c", 2, "categorical", std::log(2)},
                                        {"x", 1, "normal", kNormalEntropy},
                                        {"u", 1, "uniform", std::log(2)},
                                        {"m", 1, "mixture"}};

// The players of a discriminator whose features are of this shape.
Shapes featured(const Shape& features, const std::vector<LatentPart>& parts = kParts) {
  Shapes shapes = shapes_for(features, parts);
  shapes.outputs["features"] = features;
  return shapes;
}

std::unique_ptr<Loss> infogan(std::initializer_list<std::pair<const char*, Value>> options,
                              const std::vector<LatentPart>& parts = kParts) {
  return make_loss("infogan", options, featured({3}, parts));
}

// Codes c = 1 of two classes and x = 2; the sample, which is their features too, is (0, 1, 2).
struct Codes : Game {
  explicit Codes(const Latent::Parts& parts = {{"c", Variable(tensor({1, 2}, {0, 1}))},
                                               {"x", Variable(tensor({1, 1}, {2}))}})
      : Game(discriminator, zeros({1, 3}), parts) {}
  static OwnFeatures discriminator;
};
OwnFeatures Codes::discriminator;

// Q returns these numbers whatever it sees.
void fix(Loss& term, const std::vector<double>& outputs) {
  const auto parameters = term.parameters();
  REQUIRE(parameters.size() == 2);
  Variable &weight = *parameters[0].variable, &bias = *parameters[1].variable;
  weight = Variable::leaf(zeros(weight.shape()));
  bias = Variable::leaf(tensor(bias.shape(), outputs));
}

double own_value(Loss& term, Game& game) {
  game.enter(term);
  return double{term.own(game.round).item()};
}

}  // namespace

TEST_CASE("InfoGAN has TF-GAN's value on its codes and the entropy of their laws beside it") {
  const auto term = infogan({{"codes", names({"c", "x"})}, {"network", linear()}});
  fix(*term, {1, 2, 0});
  Codes game;
  // TF-GAN's 1.61610 is the mean of the two; exactly, (softplus(-1) + (ln 2 pi + 4) / 2) / 2.
  const double cross_entropy = 2 * 1.6161001103614478;
  const double entropy = std::log(2) + (kLogTwoPi + 1) / 2;
  CHECK(own_value(*term, game) == near(cross_entropy - entropy));
  CHECK(discriminator_value(*term, game) == near(cross_entropy - entropy));
  CHECK(generator_value(*term, game) == near(cross_entropy - entropy));
  CHECK(game.logged("bound") == near(entropy - cross_entropy));
  // Of a Gaussian of deviation 1 the density is at most (2 pi)^(-1/2).
  CHECK(game.logged("ceiling") == near(entropy - kLogTwoPi / 2));
}

TEST_CASE(
    "A Q that knows the class attains the ceiling ln 10, one that knows nothing bounds it by 0") {
  Tensor classes = zeros({2, 10});
  classes(0, 3) = classes(1, 3) = 1;
  const auto term = make_loss("infogan", {{"codes", names({"c"})}, {"network", linear()}},
                              featured({10}, {{"c", 10, "categorical", std::log(10)}}));
  OwnFeatures discriminator;
  Game game(discriminator, zeros({2, 10}), Latent::Parts{{"c", Variable(classes)}});
  std::vector<double> logits(10, 0);
  fix(*term, logits);
  CHECK(own_value(*term, game) == Approx(0).margin(1e-6));
  CHECK(game.logged("ceiling") == near(2.302585093));
  logits[3] = 100;
  fix(*term, logits);
  CHECK(own_value(*term, game) == near(-2.302585093));
}

TEST_CASE("Q's Gaussians have standard deviation 1, or their own where it is not fixed") {
  const auto value = [](const char* fixed, const std::vector<double>& outputs) {
    const auto term =
        infogan({{"codes", names({"u"})}, {"fix_std", text(fixed)}, {"network", linear()}});
    fix(*term, outputs);
    Codes game({{"c", Variable(tensor({1, 2}, {0, 1}))}, {"u", Variable(tensor({1, 1}, {2}))}});
    return own_value(*term, game);
  };
  // -H - ln N(2; 0.5, s^2) with H = ln 2.
  CHECK(value("true", {0.5}) == near(-std::log(2) + kLogTwoPi / 2 + 2.25 / 2));
  const double s2 = 0.3;
  CHECK(value("false", {0.5, std::log(s2)}) ==
        near(-std::log(2) + (kLogTwoPi + std::log(s2) + 2.25 / s2) / 2));
}

TEST_CASE("InfoGAN on features trains the discriminator too, on samples it needs none") {
  const auto on = [](const char* what) {
    return infogan({{"codes", names({"c"})}, {"on", text(what)}});
  };
  CHECK(on("features")->objectives().discriminator);
  CHECK(on("features")->needs() == std::vector<std::string>{"features"});
  const auto samples = on("samples");
  CHECK_FALSE(samples->objectives().discriminator);
  CHECK(samples->objectives().generator);
  CHECK(samples->objectives().own);
  CHECK(samples->needs().empty());
  CHECK(samples->parameters()[0].path == "q.0.weight");
  CHECK(samples->parameters()[0].variable->shape() == Shape{3, 128});
}

TEST_CASE("The gradients of InfoGAN by Q and by the generator agree with differences", "[double]") {
  for (const char* on : {"features", "samples"})
    for (const char* fixed : {"true", "false"}) {
      INFO(on << " " << fixed);
      const auto term = infogan({{"codes", names({"x", "c"})},
                                 {"on", text(on)},
                                 {"fix_std", text(fixed)},
                                 {"network", linear()}});
      Variables inputs = {Variable::leaf(full({1}, 0.2))};
      for (const NamedParameter& parameter : term->parameters())
        inputs.push_back(*parameter.variable);
      const auto objectives = [&](const Variables& v) {
        const Substitution substitution(*term, {v.begin() + 1, v.end()});
        Codes game;
        game.generator.shift_by = v[0];
        game.enter(*term);
        return term->own(game.round) + 2 * term->generator(game.round);
      };
      CHECK(worst_error(objectives, inputs) < kBound);
    }
}

TEST_CASE("Mistakes in the options of InfoGAN are explained") {
  const auto complaint = [](std::initializer_list<std::pair<const char*, Value>> options) {
    return error_text<SpecError>([&] { infogan(options); });
  };
  CHECK(complaint({{"codes", names({})}}) == "codes: expected at least one, found none.");
  CHECK(complaint({{"codes", names({"d"})}}) ==
        "codes: the latent has no part 'd'. Did you mean 'c'? It has: c, x, u, m.");
  CHECK(complaint({{"codes", names({"c", "c"})}}) == "codes: the part 'c' stands twice.");
  CHECK(complaint({{"codes", names({"m"})}}) ==
        "codes: the part 'm' is drawn by 'mixture'. Take one of the laws categorical, uniform, "
        "normal, truncated.");
  Shapes packed = shapes_for({3}, kParts);
  packed.input = {6};
  CHECK(error_text<SpecError>([&] {
          make_loss("infogan", {{"codes", names({"c"})}}, packed);
        }) ==
        "on: features of packed samples belong to no single code. Take 'samples', or packing 1.");
}
