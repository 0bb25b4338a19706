#include "nn/layer_tools.hpp"

using namespace saddle;
using namespace saddle::testing;

namespace {

// With scale (2, 3) and shift (10, 20).
struct Example {
  explicit Example(double epsilon) : layer(2, epsilon) {
    layer.initialise(RandomStream(1, "init"));
    *layer.parameters()[0].variable = Variable::leaf(tensor({2}, {2, 3}));
    *layer.parameters()[1].variable = Variable::leaf(tensor({2}, {10, 20}));
  }
  Tensor run(const Tensor& x, Context context = training()) {
    return layer(Variable(x), context).value();
  }
  nn::LayerNorm layer;
};

}  // namespace

TEST_CASE("Layer normalisation gives each sample mean 0 and deviation 1") {
  // Means 2 and 3, deviations 1 and 2.
  const Tensor x = tensor({2, 2}, {1, 3, 5, 1});
  Example plain(0), wide(3);
  check_elements(plain.run(x), {8, 23, 12, 17});
  const double root = std::sqrt(7.0);
  check_elements(wide.run(x), {9, 21.5, 10 + 4 / root, 20 - 6 / root});
  check_elements(wide.run(x, evaluation()), {9, 21.5, 10 + 4 / root, 20 - 6 / root});
}

TEST_CASE("An image is normalised over all its pixels and scaled by channel") {
  Example example(0);
  // Two pixels of two channels: mean 3, deviation 2.
  const Tensor y = example.run(tensor({1, 1, 2, 2}, {1, 5, 1, 5}));
  REQUIRE(y.shape() == Shape{1, 1, 2, 2});
  check_elements(y, {8, 23, 8, 23});
}

TEST_CASE("Layer normalisation is differentiated through its statistics, twice", "[double]") {
  Example example(1e-5);
  const auto run = [&](const Variable& x) {
    Context context = training();
    return example.layer(x, context);
  };
  nn::LayerNorm wide(5);
  wide.initialise(RandomStream(1, "init"));
  check_layer_gradients(
      wide,
      [&](const Variable& x) {
        Context context = training();
        return wide(x, context);
      },
      random_normal(RandomStream(1, "x"), {3, 5}));
  check_layer_gradients(example.layer, run, random_normal(RandomStream(1, "x"), {2, 1, 3, 2}));
}

TEST_CASE("Layer normalisation refuses other channels and takes an empty batch") {
  Example example(1e-5);
  CHECK_THROWS_WITH(example.run(zeros({4, 3})),
                    "layer normalisation of 2 channels expects [n, ..., 2] and was given [4, 3].");
  CHECK(example.run(zeros({0, 3, 2})).shape() == Shape{0, 3, 2});
}
