#include "nn/layer_tools.hpp"

#include <limits>

using namespace saddle;
using namespace saddle::testing;

TEST_CASE("Maxout keeps the largest piece of each unit") {
  nn::Maxout layer(3);
  Context context = training();
  // Pieces of two units: (1, 2), (5, 0), (-1, 7).
  check_elements(layer(Variable(tensor({1, 6}, {1, 2, 5, 0, -1, 7})), context).value(), {5, 7});
  CHECK(layer(Variable(zeros({2, 4, 4, 6})), context).shape() == Shape{2, 4, 4, 2});
  CHECK_THROWS_WITH(layer(Variable(zeros({2, 4})), context),
                    "maxout of 3 pieces expects a multiple of them as the last axis and was given "
                    "[2, 4].");
}

TEST_CASE("The derivative of maxout goes to the first of equal pieces, and NaN shows") {
  nn::Maxout layer(2);
  Context context = training();
  const Variable x = Variable::leaf(tensor({1, 4}, {3, 1, 3, 2}));
  check_elements(grad(sum(layer(x, context)), {x})[0].value(), {1, 0, 0, 1});
  for (const std::size_t place : {std::size_t{0}, std::size_t{1}}) {
    Tensor odd = tensor({1, 2}, {9, 9});
    odd.data()[place] = std::numeric_limits<Scalar>::quiet_NaN();
    CHECK(std::isnan(layer(Variable(odd), context).item()));
  }
}

TEST_CASE("Dropout takes its share of elements away and keeps the mean") {
  nn::Dropout layer(0.25);
  Context context = training();
  const std::size_t n = 40000;
  const Variable x = Variable::leaf(full({n / 4, 4}, 3));
  const Variable y = layer(x, context);
  std::size_t dropped = 0, kept = 0;
  for (const Scalar value : y.value()) {
    if (value == 0) ++dropped;
    if (value == Approx(4)) ++kept;
  }
  CHECK(dropped + kept == n);
  // Five standard deviations of a binomial count.
  CHECK(std::abs(double(dropped) - 0.25 * n) < 5 * std::sqrt(0.25 * 0.75 * n));
  // The derivative is that of the same choice.
  const Tensor gradient = grad(sum(y), {x})[0].value();
  CHECK((3 * gradient == y.value()));
  // The next layer of the call chooses others; the same call again chooses the same.
  CHECK_FALSE((layer(x, context).value() == y.value()));
  Context again = training();
  CHECK((layer(x, again).value() == y.value()));
  // So does another update within the step.
  Context second(Mode::train, 1, RandomStream(1, "call").at(1, 1));
  CHECK_FALSE((layer(x, second).value() == y.value()));
}

TEST_CASE("In evaluation dropout changes nothing and draws nothing") {
  nn::Dropout layer(0.9);
  Context context = evaluation(), untouched = evaluation();
  check_elements(layer(Variable(tensor({1, 3}, {1, 2, 3})), context).value(), {1, 2, 3});
  CHECK(context.random().path() == untouched.random().path());
}

TEST_CASE("An embedding gives each label the row of its class") {
  nn::Embedding layer(3, 2, init::normal(1));
  Context context = training();
  layer.initialise(RandomStream(1, "init"));
  REQUIRE(layer.parameters()[0].path == "weight");
  *layer.parameters()[0].variable = Variable::leaf(tensor({3, 2}, {1, 2, 3, 4, 5, 6}));
  const Variable y = layer({2, 0, 2}, context);
  check_elements(y.value(), {5, 6, 1, 2, 5, 6});
  // Each row is reached as often as its label stands there.
  check_elements(grad(sum(y), {*layer.parameters()[0].variable})[0].value(), {1, 1, 0, 0, 2, 2});
  check_elements(nn::one_hot({1, 0}, 2), {0, 1, 1, 0});
  CHECK_THROWS_WITH(layer({0, 3}, context), "label 3 of row 1 is not one of the 3 classes from 0.");
  CHECK_THROWS_WITH(layer({-1}, context), "label -1 of row 0 is not one of the 3 classes from 0.");
}

TEST_CASE("A residual block adds what its body makes of the input to the input") {
  nn::Residual block(std::make_unique<nn::Linear>(2, 2, init::constant(2)));
  block.initialise(RandomStream(1, "init"));
  CHECK(block.parameters()[0].path == "weight");
  Context context = training();
  check_elements(block(Variable(tensor({1, 2}, {1, 3})), context).value(), {9, 11});
  nn::Residual wider(
      std::make_unique<nn::Linear>(2, 1, init::constant(2)),
      std::make_unique<nn::Linear>(2, 1, init::constant(5), nn::LinearOptions{false, false}));
  wider.initialise(RandomStream(1, "init"));
  REQUIRE(wider.parameters().size() == 3);
  CHECK(wider.parameters()[2].path == "shortcut.weight");
  check_elements(wider(Variable(tensor({1, 2}, {1, 3})), context).value(), {8 + 20});
}
