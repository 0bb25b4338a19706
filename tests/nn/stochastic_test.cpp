#include "nn/layer_tools.hpp"

using namespace saddle;
using namespace saddle::testing;

namespace {

// Of the input 1: means 1 and -2, deviations 1/2 and 2.
struct Example {
  Example() : layer(1, 2, init::normal(1)) {
    layer.initialise(RandomStream(1, "init"));
    *layer.parameters()[0].variable = Variable::leaf(tensor({1, 2}, {1, -2}));
    *layer.parameters()[2].variable =
        Variable::leaf(tensor({1, 2}, {std::log(0.5), std::log(2.0)}));
  }
  nn::Stochastic::Code run(const Tensor& x, Context context) { return layer(Variable(x), context); }
  nn::Stochastic layer;
};

}  // namespace

TEST_CASE("The rate of a stochastic layer is its divergence from the standard normal in nats") {
  Example example;
  for (const Context& context : {own_update(), training(), evaluation()}) {
    // ((1 + 1/4 - 1) + (4 + 4 - 1)) / 2 - ln 1/2 - ln 2; at the input 0 all is standard normal.
    const Tensor rate = example.run(tensor({2, 1}, {1, 0}), context).rate.value();
    REQUIRE(rate.shape() == Shape{2, 1});
    check_elements(rate, {3.625, 0});
  }
}

TEST_CASE("A stochastic layer samples in the own update and gives its mean in any other forward") {
  Example example;
  const Tensor x = tensor({1, 1}, {1});
  check_elements(example.run(x, training()).value.value(), {1, -2});
  check_elements(example.run(x, evaluation()).value.value(), {1, -2});
  const Tensor noise = random_normal(own_update().random(), {1, 2});
  check_elements(example.run(x, own_update()).value.value(),
                 {1 + 0.5 * double{noise(0, 0)}, -2 + 2 * double{noise(0, 1)}});
}

TEST_CASE("A stochastic layer that always samples draws the same noise in every forward") {
  nn::Stochastic layer(1, 2, init::normal(1), {}, nn::Stochastic::Samples::always);
  layer.initialise(RandomStream(1, "init"));
  for (Context context : {own_update(), training(), evaluation()}) {
    const nn::Stochastic::Code code = layer(Variable(zeros({3, 1})), context);
    // At the input 0 the code is N(0, 1).
    CHECK(code.value.value() == random_normal(evaluation().random(), {3, 2}));
  }
}

TEST_CASE("The samples of a stochastic layer have its mean and deviation") {
  Example example;
  const std::size_t n = 40000;
  const Tensor sample = example.run(full({n, 1}, 1), own_update()).value.value();
  const double mean[] = {1, -2}, deviation[] = {0.5, 2};
  for (std::size_t j = 0; j < 2; ++j) {
    double total = 0, squares = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const double z = (double{sample(i, j)} - mean[j]) / deviation[j];
      total += z / n;
      squares += z * z / n;
    }
    // Five standard errors of the mean and of the mean square of n standard normals.
    CHECK(std::abs(total) < 5 / std::sqrt(double(n)));
    CHECK(std::abs(squares - 1) < 5 * std::sqrt(2.0 / n));
  }
}

TEST_CASE("A new layer has the noise of the standard normal, whatever its inputs") {
  nn::Stochastic layer(16, 4, init::he());
  layer.initialise(RandomStream(1, "init"));
  Context context = evaluation();
  const Variable x(full({8, 16}, 5));
  const nn::Stochastic::Code code = layer(x, context);
  const Tensor half = scale(sum_rows(square(code.value)), 0.5).value();
  for (std::size_t i = 0; i < 8; ++i)
    CHECK(double{code.rate.value()(i, 0)} == near(double{half(i)}));
}

TEST_CASE("A sample and its rate are differentiated twice by mean and deviation", "[double]") {
  nn::Stochastic layer(3, 2, init::normal(0.5));
  layer.initialise(RandomStream(1, "init"));
  const NamedParameter log_deviation = layer.parameters()[2];
  REQUIRE(log_deviation.path == "log_deviation.weight");
  *log_deviation.variable =
      Variable::leaf(scale(Variable(random_normal(RandomStream(1, "w"), {3, 2})), 0.5).value());
  check_layer_gradients(
      layer,
      [&](const Variable& x) {
        Context context = own_update();
        const nn::Stochastic::Code code = layer(x, context);
        return concat({code.value, code.rate}, 1);
      },
      random_normal(RandomStream(1, "x"), {3, 3}));
}
