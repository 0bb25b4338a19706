#include "autograd/differences.hpp"
#include "plugins/loss_game.hpp"

#include <cmath>

using namespace saddle;
using namespace saddle::test;
using saddle::testing::kBound;
using saddle::testing::worst_error;

namespace {

// D(x) = slope (x0 + x1 + x2 + x3): a gradient of norm 2 |slope| everywhere.
class Plane : public Discriminator {
 public:
  Variable& slope = parameter("slope", {1}, init::constant(2));
  Plane() { initialise(RandomStream(1, "init")); }
  Outputs forward(const Batch& batch, Context&) override {
    return slope * reshape(sum_rows(batch.x), {batch.x.shape()[0], 1});
  }
};

struct PlaneGame : private Plane, Game {
  explicit PlaneGame(double at = 2)
      : Game(static_cast<Plane&>(*this), full({3, 4}, 1), full({3, 4}, -1)),
        plane(static_cast<Plane&>(*this)) {
    plane.slope = Variable::leaf(full({1}, at));
  }
  Plane& plane;
};

double sigmoid_of(double x) { return 1 / (1 + std::exp(-x)); }

}  // namespace

TEST_CASE("R1 and R2 penalise the gradient at real and at generated samples") {
  for (const char* name : {"r1", "r2"}) {
    Quadratic discriminator;
    const Tensor here = tensor({2, 2}, {1, 7, -2, 5}), elsewhere = tensor({2, 2}, {9, 9, 9, 9});
    const bool real = name == std::string("r1");
    Game game(discriminator, real ? here : elsewhere, real ? elsewhere : here);
    const auto penalty = make_loss(name, {{"gamma", number(4)}});
    game.enter(*penalty);
    const Variable value = penalty->discriminator(game.round);
    // grad D = (2 a x0, b): with a = 3, b = 1/2 and E x0^2 = 5/2, E |grad D|^2 = 36 * 5/2 + 1/4.
    CHECK(value.item() == near(2 * 90.25));
    CHECK(game.logged("squared-norm") == near(90.25));
    // d/da = gamma / 2 * 8 a E x0^2, d/db = gamma b.
    const auto gradients = grad(value, {discriminator.a, discriminator.b});
    CHECK(gradients[0].item() == near(2 * 8 * 3 * 2.5));
    CHECK(gradients[1].item() == near(4 * 0.5));
  }
}

TEST_CASE("The gradient penalty is the squared distance of the norm from its target") {
  const auto value = [](Entries options, double slope) {
    PlaneGame game(slope);
    const auto penalty = make_loss("gradient-penalty", options, shapes_for({4}));
    const double found = discriminator_value(*penalty, game);
    CHECK(game.logged("gradient-norm") == near(2 * slope));
    return found;
  };
  // TF-GAN's example: D = 2 x in four dimensions, a norm of 4.
  CHECK(value({{"lambda", number(1)}}, 2) == near(9));
  CHECK(value({}, 2) == near(90));
  CHECK(value({{"lambda", number(1)}, {"target", number(2)}}, 2) == near(4));
  CHECK(value({{"lambda", number(1)}}, 0.25) == near(0.25));
  CHECK(value({{"lambda", number(1)}, {"one_sided", text("true")}}, 0.25) == 0);
  CHECK(value({{"lambda", number(1)}, {"one_sided", text("true")}}, 2) == near(9));
}

TEST_CASE("The gradient penalty is taken between the real and the generated sample of a pair") {
  // At x0 = u + (1 - u) 3 the norm is 2 * 3 x0 with b = 0; a mean over u uniform on (0, 1) is
  // E 6 x0 = 12, of deviation 6 * 2 / sqrt 12.
  constexpr std::size_t kPairs = 4000;
  Quadratic discriminator;
  discriminator.b = Variable::leaf(full({1}, 0));
  Game game(discriminator, full({kPairs, 2}, 1), full({kPairs, 2}, 3));
  const auto penalty = make_loss("gradient-penalty", {}, shapes_for({2}));
  discriminator_value(*penalty, game);
  const double error = 12 / std::sqrt(12.0) / std::sqrt(double{kPairs});
  CHECK(std::abs(game.logged("gradient-norm") - 12) < 5 * error);
}

TEST_CASE("A gradient of 0 has a penalty and a derivative of 0 by the weights") {
  for (const char* name : {"gradient-penalty", "dragan"}) {
    INFO(name);
    PlaneGame game(0);
    const auto penalty = make_loss(name, {{"lambda", number(1)}}, shapes_for({4}));
    game.enter(*penalty);
    const Variable value = penalty->discriminator(game.round);
    CHECK(value.item() == 1);
    CHECK(grad(value, {game.plane.slope})[0].item() == 0);
  }
}

TEST_CASE("DRAGAN's penalty is taken around the real samples, as far as half a deviation") {
  // x0 is 1 and 3 with a standard deviation of all elements of 1; with b = 0 the norm is 6 x0.
  constexpr std::size_t kPairs = 2000;
  Quadratic discriminator;
  discriminator.b = Variable::leaf(full({1}, 0));
  Tensor real = empty({2 * kPairs, 2});
  for (std::size_t i = 0; i < real.size(); ++i) real.data()[i] = i % 4 < 2 ? Scalar(1) : Scalar(3);
  Game game(discriminator, real, full({2 * kPairs, 2}, 99));
  const auto penalty = make_loss("dragan", {{"lambda", number(1)}}, shapes_for({2}));
  discriminator_value(*penalty, game);
  // E 6 (x0 + a u / 2) = 6 (2 + 1/8), and the deviation of x0 + a u / 2 is below 1.01.
  const double error = 6 * 1.01 / std::sqrt(2.0 * kPairs);
  CHECK(std::abs(game.logged("gradient-norm") - 6 * 2.125) < 5 * error);
  // Without noise the penalty is exact: E (6 x0 - 1)^2 = (25 + 289) / 2.
  const auto exact =
      make_loss("dragan", {{"lambda", number(1)}, {"noise", number(0)}}, shapes_for({2}));
  CHECK(discriminator_value(*exact, game) == near(157));
}

TEST_CASE("Roth's regulariser weighs gradients by how unsure the discriminator is") {
  Quadratic discriminator;
  // Logits 3 x0^2 + x1 / 2 and gradients (6 x0, 1/2).
  Game game(discriminator, tensor({2, 2}, {0, 1, 0.5, -2}), tensor({2, 2}, {0, -1, 1, -6}));
  const double real =
                   (std::pow(sigmoid_of(-0.5), 2) * 0.25 + std::pow(sigmoid_of(0.25), 2) * 9.25) /
                   2,
               generated = (std::pow(sigmoid_of(-0.5), 2) * 0.25 + 0.25 * 36.25) / 2;
  const auto penalty = make_loss("roth", {}, shapes_for({2}));
  CHECK(discriminator_value(*penalty, game) == near(real + generated));
  CHECK(game.logged("weighted-squared-norm") == near(real + generated));
  const auto annealed = make_loss("roth", {{"gamma", number(0.1)}}, shapes_for({2}));
  CHECK(discriminator_value(*annealed, game) == near(0.05 * (real + generated)));
}

TEST_CASE("The derivatives of penalties by all weights of a network agree with differences",
          "[double]") {
  const Tensor real = tensor({3, 2}, {1, 0.3, -0.7, 0.9, 0.2, -1.1}),
               generated = tensor({3, 2}, {-0.4, 0.8, 0.6, -0.3, 1.2, 0.1});
  const auto network = make<kinds::discriminator>(
      "mlp", {{"hidden", list({4, 3})}, {"activation", text("tanh")}}, shapes_for({2}));
  network->initialise(RandomStream(1, "init"));
  Variables weights;
  for (const NamedParameter& parameter : network->parameters())
    weights.push_back(*parameter.variable);
  for (const char* name : {"r1", "r2", "gradient-penalty", "dragan", "roth"}) {
    INFO(name);
    const auto penalty = make_loss(name, {}, shapes_for({2}));
    const auto value = [&](const Variables& values) {
      const Substitution substitution(*network, values);
      Game game(*network, real, generated);
      game.enter(*penalty);
      return penalty->discriminator(game.round);
    };
    CHECK(worst_error(value, weights) < kBound);
  }
}

TEST_CASE("The norm of rows has no derivative of any order where it is 0") {
  const Variable x = Variable::leaf(tensor({2, 2}, {3, 4, 0, 0}));
  const Variable norms = norm_rows(x);
  CHECK(elements(norms.value()) == std::vector<Scalar>{5, 0});
  const Variable first = grad(sum(norms), {x}, {true})[0];
  CHECK(first.value()(0, 0) == near(0.6));
  CHECK(first.value()(1, 0) == 0);
  CHECK(first.value()(1, 1) == 0);
  // The Hessian of |x| is (1 - u u^T) / |x|, u the direction: its rows' sums are here.
  const Variable second = grad(sum(first), {x})[0];
  CHECK(second.value()(0, 0) == near((1 - 0.36 - 0.48) / 5));
  CHECK(second.value()(0, 1) == near((1 - 0.64 - 0.48) / 5));
  CHECK(second.value()(1, 0) == 0);
  CHECK(second.value()(1, 1) == 0);
}

TEST_CASE("The norm of a row keeps NaN") {
  CHECK(std::isnan(norm_rows(Variable(tensor({1, 2}, {NAN, 0}))).item()));
}
