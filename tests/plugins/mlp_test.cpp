#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/autograd/ops/layout.hpp>
#include <saddle/autograd/ops/reduce.hpp>
#include <saddle/tensor/random.hpp>

#include "error_text.hpp"
#include "plugins/make_plugin.hpp"

#include <catch2/catch.hpp>

using namespace saddle;
using namespace saddle::test;
using saddle::testing::error_text;

namespace {

Shapes shapes(std::size_t classes) {
  Shapes made{{2}, {{"z", 2}}, {2}, {2}, classes};
  if (classes > 0) made.parts.push_back({"y", classes, "label"});
  return made;
}

// A discriminator of samples [n, 2] of three classes, with one hidden layer of four units.
struct Judge {
  explicit Judge(Entries options)
      : network(make<kinds::discriminator>("mlp", options, shapes(3))),
        x(random_normal(RandomStream(1, "x"), {3, 2})) {
    network->initialise(RandomStream(1, "init"));
  }
  Outputs judge(const Labels& labels, Mode mode = Mode::evaluate) {
    Context context(mode, 1, RandomStream(1, "call"));
    return network->forward({x, labels}, context);
  }
  std::unique_ptr<Discriminator> network;
  Variable x;
};

const Value kFour = list({4});

}  // namespace

TEST_CASE("The mlp discriminator offers its features, and a rate with a bottleneck") {
  CHECK(offers<kinds::discriminator>("mlp", {}) == std::vector<std::string>{"features"});
  CHECK(offers<kinds::discriminator>("mlp", {{"bottleneck", number(2)}}) ==
        std::vector<std::string>{"features", "rate"});
  Judge plain({{"hidden", kFour}}), narrow({{"hidden", kFour}, {"bottleneck", number(2)}});
  CHECK(plain.judge({}).get("features").shape() == Shape{3, 4});
  CHECK_FALSE(plain.judge({}).has("rate"));
  CHECK(narrow.judge({}).get("features").shape() == Shape{3, 4});
  CHECK(narrow.judge({}).get("rate").shape() == Shape{3, 1});
}

TEST_CASE("The mlp generator offers a rate with a bottleneck, whose noise is in every sample") {
  CHECK(offers<kinds::generator>("mlp", {}).empty());
  CHECK(offers<kinds::generator>("mlp", {{"bottleneck", number(2)}}) ==
        std::vector<std::string>{"rate"});
  const auto generator =
      make<kinds::generator>("mlp", {{"hidden", kFour}, {"bottleneck", number(2)}}, shapes(0));
  generator->initialise(RandomStream(1, "init"));
  const auto generate = [&](const char* stream) {
    Context context(Mode::evaluate, 1, RandomStream(1, stream));
    return generator->forward(Latent({{"z", Variable(full({3, 2}, 1))}}), context);
  };
  const Samples made = generate("a"), again = generate("a"), other = generate("b");
  CHECK(made.get("rate").shape() == Shape{3, 1});
  CHECK(made.x().value() == again.x().value());
  CHECK(made.x().value() != other.x().value());
  CHECK(made.get("rate").value() == other.get("rate").value());
}

TEST_CASE("The linear generator scales and shifts each coordinate") {
  const auto generator = make<kinds::generator>(
      "linear", {{"mean", number(3)}, {"scale", number(-2)}}, Shapes{{2}, {{"z", 2}}, {2}, {2}, 0});
  generator->initialise(RandomStream(1, "init"));
  Context context(Mode::evaluate, 1, RandomStream(1, "call"));
  const Tensor z = tensor({2, 2}, {0, 1, 2, -1});
  CHECK(generator->forward(Latent({{"z", Variable(z)}}), context).x().value() ==
        tensor({2, 2}, {3, 1, -1, 5}));
  CHECK(error_text<SpecError>([] {
          make<kinds::generator>("linear", {}, Shapes{{3}, {{"z", 3}}, {2}, {2}, 0});
        }) ==
        "a linear generator needs as many numbers in the latent as in a sample; the latent has 3, "
        "a sample 2.");
}

TEST_CASE("The mlp discriminator mixes samples only with batch normalisation") {
  CHECK(Judge({{"norm", text("batch")}}).network->mixes_samples());
  CHECK_FALSE(Judge({{"norm", text("layer")}}).network->mixes_samples());
  CHECK_FALSE(Judge({}).network->mixes_samples());
}

TEST_CASE("A projection adds the product of the label's vector and the features to the logits") {
  Judge judge({{"hidden", kFour}, {"condition", text("projection")}});
  const Outputs without = judge.judge({}), with = judge.judge({2, 0, 2});
  const NamedParameter embedding = judge.network->parameters().back();
  REQUIRE(embedding.path == "embedding.weight");
  REQUIRE(embedding.variable->shape() == Shape{3, 4});
  const Tensor& vectors = embedding.variable->value();
  const std::size_t labels[] = {2, 0, 2};
  for (std::size_t i = 0; i < 3; ++i) {
    double product = 0;
    for (std::size_t j = 0; j < 4; ++j)
      product += double{vectors(labels[i], j)} * double{with.get("features").value()(i, j)};
    CHECK(double{with.logits().value()(i, 0)} ==
          Approx(double{without.logits().value()(i, 0)} + product).margin(1e-6));
  }
}

TEST_CASE("With a bottleneck the projection meets its code alone") {
  Judge judge({{"hidden", kFour},
               {"bottleneck", number(2)},
               {"condition", text("projection")},
               {"spectral_norm", Value::scalar("true")}});
  REQUIRE(judge.network->parameters().back().path == "embedding.weight");
  CHECK(judge.network->parameters().back().variable->shape() == Shape{3, 2});
  CHECK(judge.network->buffers().back().path == "embedding.spectral_norm.u");
}

TEST_CASE("A concatenated label stands one-hot beside the sample") {
  Judge judge({{"hidden", list({})}, {"condition", text("concatenation")}});
  const Tensor weight = judge.network->parameters()[0].variable->value();
  REQUIRE(weight.shape() == Shape{5, 1});
  const Tensor without = judge.judge({}).logits().value();
  const Tensor with = judge.judge({2, 0, 2}, Mode::train).logits().value();
  const std::size_t labels[] = {2, 0, 2};
  for (std::size_t i = 0; i < 3; ++i)
    CHECK(double{with(i, 0)} ==
          Approx(double{without(i, 0)} + double{weight(2 + labels[i], 0)}).margin(1e-6));
}
