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

constexpr double kTwoPi = 6.28318530717958647692;

// Its samples are given, whatever the latents.
class Table final : public Generator {
 public:
  Variable points;
  Samples forward(const Latent&, Context&) override { return points; }
};

// The generator's objective on given samples.
Variable of_samples(Loss& term, const Variable& points, const Tensor& latent,
                    SeriesValues* logged = nullptr) {
  Table generator;
  generator.points = points;
  OwnFeatures discriminator;
  GivenRound game(generator, discriminator, points.value(), latent);
  game.round.enter_term("term", {"entropy"});
  const Variable value = term.generator(game.round);
  if (logged) *logged = game.round.logged();
  return value;
}

Variable of_samples(Loss& term, const Variable& points) {
  return of_samples(term, points, zeros({points.shape()[0], 1}));
}

double entropy_of(Entries options, const Tensor& x) {
  SeriesValues logged;
  const auto term = make_loss("entropy-bonus", options, shapes_for(row_shape(x.shape())));
  const double value =
      double{of_samples(*term, Variable(x), zeros({x.shape(0), 1}), &logged).item()};
  CHECK(logged.at("term/entropy") == near(-value));
  return -value;
}

}  // namespace

TEST_CASE("Feature matching is the squared distance of the mean features") {
  OwnFeatures discriminator;
  // Means (2, 0) and (-1, 4).
  Game game(discriminator, tensor({2, 2}, {1, -1, 3, 1}), tensor({2, 2}, {-3, 4, 1, 4}));
  const auto term = make_loss("feature-matching", {}, shapes_for({2}));
  CHECK(term->needs() == std::vector<std::string>{"features"});
  const Variable value = term->generator(game.round);
  CHECK(value.item() == near(25));
  // Both coordinates move with the shift: 2 (-3 + 4).
  CHECK(grad(value, {game.generator.shift_by})[0].item() == near(2));
}

TEST_CASE("Latent distance compares the logarithms of distances in pairs of rows") {
  // Distances 5 and 2 of the samples, 1 and 4 of the latents.
  const Tensor samples = tensor({4, 2}, {0, 0, 1, 1, 3, 4, 1, 3});
  const Tensor latent = tensor({4, 1}, {0, 2, 1, -2});
  const auto value = [&](Entries options, const Tensor& z) {
    const auto term = make_loss("latent-distance", options, shapes_for({2}));
    return double{of_samples(*term, Variable(samples), z).item()};
  };
  const auto square = [](double x) { return x * x; };
  CHECK(value({}, latent) == near((square(std::log(5)) + square(std::log(0.5))) / 2));
  CHECK(value({{"scale", number(0.89)}}, latent) ==
        near((square(std::log(5 / 0.89)) + square(std::log(0.5 / 0.89))) / 2));
  // The first pair has one latent.
  CHECK(value({}, tensor({4, 1}, {0, 2, 0, -2})) == near(square(std::log(0.5))));
  // Both have.
  CHECK(value({}, tensor({4, 1}, {0, 2, 0, 2})) == 0);
}

TEST_CASE("Latent distance takes the parts of the latent that it is told to") {
  const auto term = [](const std::string& part) {
    return make_loss("latent-distance", {{"parts", Value::sequence({text(part)})}},
                     shapes_for({1}, {{"z", 1}, {"code", 1}}));
  };
  Identity discriminator;
  const Latent::Parts parts = {{"z", Variable(tensor({2, 1}, {0, 4}))},
                               {"code", Variable(tensor({2, 1}, {1, 4}))}};
  // Samples are (z, code), at a distance of 5.
  Game game(discriminator, zeros({2, 2}), parts);
  CHECK(generator_value(*term("code"), game) == near(std::pow(std::log(5.0 / 3), 2)));
  CHECK(generator_value(*term("z"), game) == near(std::pow(std::log(5.0 / 4), 2)));
  CHECK(error_text<SpecError>([&] { term("cod"); }) ==
        "parts: the latent has no part 'cod'. Did you mean 'code'? It has: z, code.");
}

TEST_CASE("Samples that coincide leave latent distance and entropy finite, with their gradients") {
  const Variable points = Variable::leaf(zeros({4, 2}));
  for (const char* name : {"latent-distance", "entropy-bonus"}) {
    INFO(name);
    const auto term = make_loss(name, {}, shapes_for({2}));
    const Variable value = of_samples(*term, points, tensor({4, 1}, {0, 1, 2, 3}));
    CHECK(std::isfinite(value.item()));
    CHECK(elements(grad(value, {points})[0].value()) == std::vector<Scalar>(8, 0));
  }
}

TEST_CASE("Samples with NaN never reach an entropy") {
  const auto term = make_loss("entropy-bonus", {{"neighbours", number(1)}});
  CHECK(error_text<DivergedError>([&] {
          of_samples(*term, Variable(tensor({4, 1}, {0, NAN, 2, NAN})));
        }) == "generator 'given' (forward, step 1) returned samples that are not finite.");
}

TEST_CASE("The nearest-neighbour entropy of 1, 2, 3, 4, 5 is known") {
  // 2.9629196 bits for the second neighbours, whose distances are 2, 1, 1, 1, 2.
  const double bits =
      entropy_of({{"neighbours", number(2)}}, tensor({5, 1}, {1, 2, 3, 4, 5})) / std::log(2);
  CHECK(bits == Approx(2.9629196).margin(1e-6));
  // psi(3) - psi(1) + ln pi + 2 / 3 ln(3 * 4 * 3), the points of a right triangle of sides 3, 4, 5
  // having the neighbours 3, 3 and 4.
  CHECK(entropy_of({{"neighbours", number(1)}}, tensor({3, 2}, {0, 0, 3, 0, 0, 4})) ==
        near(1.5 + std::log(kTwoPi / 2) + 2.0 / 3 * std::log(36)));
}

TEST_CASE("The entropy of a Gaussian is its closed form, up to the noise of the estimators") {
  constexpr std::size_t kCount = 2000;
  const double sigma = 0.7;
  Tensor x = random_normal(RandomStream(1, "entropy"), {kCount, 2});
  for (Scalar& value : x) value *= static_cast<Scalar>(sigma);
  const double exact = std::log(kTwoPi * std::exp(1.0) * sigma * sigma);
  // -ln p has variance d / 2 = 1, and ln of the third neighbour's ball psi'(3) = 0.395.
  const double nearest_error = std::sqrt((1 + 0.395) / kCount);
  CHECK(std::abs(entropy_of({}, x) - exact) < 5 * nearest_error);
  // Kernels of width h widen it: E of -ln N(x; 0, s^2 + h^2), of variance below 1.
  const double h = 0.2, wide = sigma * sigma + h * h;
  const double widened = std::log(kTwoPi * wide) + sigma * sigma / wide;
  CHECK(std::abs(entropy_of({{"estimator", text("kernel")}, {"width", number(h)}}, x) - widened) <
        5 / std::sqrt(double{kCount}));
}

TEST_CASE("Kernel entropy is the formula of leave-one-out kernel densities") {
  // Distances 1, 2 and 3 between three points.
  const double h = 0.7;
  const auto k = [&](double d) { return std::exp(-d * d / (2 * h * h)) / (h * std::sqrt(kTwoPi)); };
  const double expected =
      -(std::log((k(1) + k(3)) / 2) + std::log((k(1) + k(2)) / 2) + std::log((k(2) + k(3)) / 2)) /
      3;
  CHECK(entropy_of({{"estimator", text("kernel")}, {"width", number(h)}},
                   tensor({3, 1}, {0, 1, 3})) == near(expected));
}

TEST_CASE("Scaling the samples raises the entropy by the logarithm, with that derivative") {
  const Tensor x = random_normal(RandomStream(1, "scaled"), {20, 3});
  const Variable scale = Variable::leaf(full({}, 1));
  const auto term = make_loss("entropy-bonus", {}, shapes_for({3}));
  // h(s x) = h(x) + d ln s.
  CHECK(grad(of_samples(*term, scale * Variable(x)), {scale})[0].item() == near(-3));
}

TEST_CASE("Gradients by the samples agree with differences", "[double]") {
  const Tensor points = random_normal(RandomStream(1, "points"), {6, 2});
  const Tensor latent = random_normal(RandomStream(1, "latents"), {6, 1});
  const auto check = [&](const char* name, Entries options) {
    INFO(name);
    const auto term = make_loss(name, options, shapes_for({2}));
    const auto value = [&](const Variables& v) { return of_samples(*term, v[0], latent); };
    CHECK(worst_error(value, {Variable::leaf(points)}) < kBound);
  };
  check("latent-distance", {});
  check("entropy-bonus", {});
  check("entropy-bonus", {{"estimator", text("kernel")}, {"width", number(0.6)}});
}
