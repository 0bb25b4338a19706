#include "nn/layer_tools.hpp"

using namespace saddle;
using namespace saddle::testing;

namespace {

// With scale (2, 3) and shift (10, 20).
struct Example {
  explicit Example(const nn::BatchNormOptions& options = {}) : layer(2, options) {
    layer.initialise(RandomStream(1, "init"));
    *layer.parameters()[0].variable = Variable::leaf(tensor({2}, {2, 3}));
    *layer.parameters()[1].variable = Variable::leaf(tensor({2}, {10, 20}));
  }
  Tensor run(const Tensor& x, Context context) { return layer(Variable(x), context).value(); }
  nn::BatchNorm layer;
};

const Tensor kReal = tensor({2, 2}, {1, 2, 3, 6}), kGenerated = tensor({2, 2}, {0, 0, 2, 2});

}  // namespace

TEST_CASE("Batch normalisation gives each channel of a batch mean 0 and deviation 1") {
  nn::BatchNormOptions options;
  options.epsilon = 0;
  Example plain(options);
  // Means 2 and 4, deviations 1 and 2.
  check_elements(plain.run(kReal, training()), {8, 17, 12, 23});
  options.epsilon = 3;
  Example wide(options);
  // The variances 1 and 4 with 3 more: deviations 2 and sqrt 7.
  const double third = 3 * 2 / std::sqrt(7.0);
  check_elements(wide.run(kReal, training()), {9, 20 - third, 11, 20 + third});
  options.affine = false;
  nn::BatchNorm bare(2, options);
  bare.initialise(RandomStream(1, "init"));
  CHECK(bare.parameters().empty());
  Context context = training();
  check_elements(bare(Variable(kReal), context).value(),
                 {-0.5, -2 / std::sqrt(7.0), 0.5, 2 / std::sqrt(7.0)});
}

TEST_CASE("Images are normalised by channel over all pixels of all samples") {
  Example example;
  Tensor images = random_normal(RandomStream(1, "x"), {3, 4, 5, 2});
  const Tensor y = example.run(images, training());
  REQUIRE(y.shape() == images.shape());
  images.reshape({60, 2});
  Tensor flat = example.run(images, training());
  flat.reshape(y.shape());
  CHECK((flat == y));
}

TEST_CASE("The running statistics of batch normalisation follow both forwards of an update") {
  Example example;
  example.run(kReal, own_update());
  example.run(kGenerated, own_update());
  check_elements(buffer_of(example.layer, "mean"), {0, 0});
  check_elements(buffer_of(example.layer, "variance"), {1, 1});
  commit(example.layer);
  // The means (2, 4), then (1, 1); the unbiased variances (2, 8), then (2, 2); each by a tenth.
  check_elements(buffer_of(example.layer, "mean"), {0.9 * 0.2 + 0.1, 0.9 * 0.4 + 0.1});
  check_elements(buffer_of(example.layer, "variance"), {0.9 * 1.1 + 0.2, 0.9 * 1.7 + 0.2});
}

TEST_CASE("Only forwards of the own update move the running statistics") {
  Example example;
  example.run(kReal, training());
  example.run(kReal, evaluation());
  commit(example.layer);
  check_elements(buffer_of(example.layer, "mean"), {0, 0});
  check_elements(buffer_of(example.layer, "variance"), {1, 1});
}

TEST_CASE("In evaluation batch normalisation uses the running statistics, row by row") {
  nn::BatchNormOptions options;
  options.momentum = 1;
  options.epsilon = 2;
  Example example(options);
  example.run(kReal, own_update());
  commit(example.layer);
  // Means (2, 4) and variances (2, 8), with 2 more: deviations 2 and sqrt 10.
  const double root = std::sqrt(10.0);
  check_elements(example.run(tensor({1, 2}, {6, 5}), evaluation()), {14, 20 + 3 / root});
}

TEST_CASE("A batch of one value has no deviation and is normalised to the shift") {
  Example example;
  check_elements(example.run(tensor({1, 2}, {5, -7}), own_update()), {10, 20});
  commit(example.layer);
  check_elements(buffer_of(example.layer, "variance"), {0.9, 0.9});
}

TEST_CASE("Batch normalisation is differentiated through its statistics, twice", "[double]") {
  Example example;
  const auto run = [&](Mode mode) {
    return [&example, mode](const Variable& x) {
      Context context(mode, 1, RandomStream(1, "call"));
      return example.layer(x, context);
    };
  };
  check_layer_gradients(example.layer, run(Mode::train),
                        random_normal(RandomStream(1, "x"), {4, 2}));
  check_layer_gradients(example.layer, run(Mode::train),
                        random_normal(RandomStream(1, "x"), {2, 2, 1, 2}));
  check_layer_gradients(example.layer, run(Mode::evaluate),
                        random_normal(RandomStream(1, "x"), {2, 2}));
}

TEST_CASE(
    "The activation of batch normalisation is that of a pass of its own, derivatives included") {
  const Tensor x = random_normal(RandomStream(1, "x"), {40, 3, 20});
  for (const std::string& activation : nn::activation_names())
    for (const bool affine : {true, false}) {
      INFO(activation << " " << affine);
      nn::BatchNorm plain(20, {0.1, 1e-5, affine}), bent(20, {0.1, 1e-5, affine, activation});
      for (nn::BatchNorm* layer : {&plain, &bent}) layer->initialise(RandomStream(1, "init"));
      Context context = training();
      const Variable apart = Variable::leaf(x), together = Variable::leaf(x);
      const Variable y = nn::activate(activation, plain(apart, context)),
                     z = bent(together, context);
      CHECK((z.value() == y.value()));
      CHECK((grad(sum(z * z), {together})[0].value() == grad(sum(y * y), {apart})[0].value()));
    }
}

TEST_CASE("Batch normalisation has the same bits at any number of threads") {
  nn::BatchNorm layer(130, {0.1, 1e-5, true, "leaky-relu"});
  layer.initialise(RandomStream(1, "init"));
  const Tensor x = random_normal(RandomStream(1, "x"), {40, 6, 6, 130});
  const auto run = [&](std::size_t count) {
    const std::size_t before = threads();
    set_threads(count);
    const Variable leaf = Variable::leaf(x);
    Context context = training();
    const Variable y = layer(leaf, context);
    const Tensor gradient = grad(sum(y * y * y), {leaf})[0].value();
    set_threads(before);
    return std::pair(y.value(), gradient);
  };
  CHECK((run(1) == run(4)));
}

TEST_CASE("Batch normalisation refuses other channels and empty batches") {
  Example example;
  CHECK_THROWS_WITH(example.run(zeros({4, 3}), training()),
                    "batch normalisation of 2 channels expects [n, ..., 2] and was given [4, 3].");
  CHECK_THROWS_WITH(example.run(zeros({0, 2}), training()),
                    "batch normalisation was given an empty batch in training. It needs a sample "
                    "to take statistics of.");
  CHECK(example.run(zeros({0, 2}), evaluation()).shape() == Shape{0, 2});
}
