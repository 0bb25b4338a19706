#include <saddle/saddle.hpp>

#include <catch2/catch.hpp>

#include <cmath>

using namespace saddle;

namespace {

Context context() { return Context(Mode::train, 1, RandomStream(1, "call")); }

nn::MlpOptions small() {
  nn::MlpOptions options;
  options.hidden = {4, 3};
  return options;
}

}  // namespace

TEST_CASE("Parameters are named by their path, and their values depend on it alone") {
  nn::Mlp net({2}, {1}, small()), deeper({2}, {1}, [] {
    nn::MlpOptions options = small();
    options.hidden = {4, 3, 3};
    return options;
  }());
  net.initialise(RandomStream(1, "init/generator"));
  deeper.initialise(RandomStream(1, "init/generator"));
  const auto named = net.parameters();
  REQUIRE(named.size() == 6);
  CHECK(named[0].path == "0.weight");
  CHECK(named[1].path == "0.bias");
  CHECK(named[5].path == "2.bias");
  CHECK(named[0].variable->shape() == Shape{2, 4});
  CHECK(named[0].variable->value() == deeper.parameters()[0].variable->value());
  CHECK(named[1].variable->value() == zeros({4}));
}

TEST_CASE("A module runs with substituted parameters, and gradients reach them") {
  nn::Linear layer(1, 1, init::constant(2));
  layer.initialise(RandomStream(1, "init"));
  const Variable x(full({1, 1}, 3));
  Context call = context();
  CHECK(layer(x, call).item() == 6);
  const Variable w = Variable::leaf(full({1, 1}, 5)), b = Variable::leaf(full({1}, 1));
  {
    const Substitution substitution(layer, {w, b});
    const Variable y = layer(x, call);
    CHECK(y.item() == 16);
    CHECK(grad(sum(y), {w})[0].item() == 3);
  }
  CHECK(layer(x, call).item() == 6);
}

TEST_CASE("An mlp maps any shape to any shape and lets its layers be tapped") {
  nn::Mlp net({2, 3}, {4, 1}, small());
  net.initialise(RandomStream(1, "init"));
  Context call = context();
  call.request_tap("1");
  CHECK(net(Variable(zeros({7, 2, 3})), call).shape() == Shape{7, 4, 1});
  CHECK(call.tap("1").shape() == Shape{7, 3});
  CHECK(net(Variable(zeros({0, 2, 3})), call).shape() == Shape{0, 4, 1});
  call.request_tap("9");
  CHECK_THROWS_WITH(call.tap("9"),
                    "there is no layer '9' in this network. Did you mean '0'? It has: 0, 1, 2.");
}

TEST_CASE("He's initialiser gives weights of variance gain^2 / in") {
  const Tensor w = init::he()({200, 300}, RandomStream(1, "w"));
  double squares = 0;
  for (const Scalar value : w) squares += double{value} * double{value};
  const double n = 60000;
  CHECK(std::abs(squares / n - 0.01) < 5 * 0.01 * std::sqrt(2 / n));
}

TEST_CASE("Random Fourier features stand beside the input and have unit mean square") {
  nn::FourierFeatures features(2, 400, 1, 50);
  features.initialise(RandomStream(1, "features"));
  Context call = context();
  const Tensor x = random_normal(RandomStream(1, "x"), {50, 2});
  const Tensor y = features(Variable(x), call).value();
  REQUIRE(y.shape() == Shape{50, 402});
  CHECK(y(7, 1) == x(7, 1));
  double squares = 0;
  for (std::size_t i = 0; i < 50; ++i)
    for (std::size_t k = 2; k < 402; ++k) squares += std::pow(double{y(i, k)}, 2);
  CHECK(squares / 20000 == Approx(1).margin(0.05));
}

TEST_CASE("Buffers take a proposed value only when it is committed") {
  Buffer buffer(full({1}, 1));
  buffer.propose(full({1}, 2));
  CHECK(buffer.value().data()[0] == 1);
  buffer.drop();
  buffer.commit();
  CHECK(buffer.value().data()[0] == 1);
  buffer.propose(full({1}, 3));
  buffer.commit();
  CHECK(buffer.value().data()[0] == 3);
}

TEST_CASE("Each layer of a call draws its own random numbers, the same in the next call") {
  Context first = context(), second = context();
  const auto draw = [](const RandomStream& stream) { return random_normal(stream, {1}).data()[0]; };
  const Scalar a = draw(first.random()), b = draw(first.random());
  CHECK(a != b);
  CHECK(draw(second.random()) == a);
  CHECK(draw(second.random()) == b);
}
