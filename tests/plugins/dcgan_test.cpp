#include "error_text.hpp"
#include "plugins/image_networks.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

using namespace saddle;
using namespace saddle::test;
using saddle::testing::error_text;

namespace {

std::unique_ptr<Generator> generator(Entries options, const Shapes& shapes) {
  auto made = make<kinds::generator>("dcgan", options, shapes);
  made->initialise(RandomStream(1, "init"));
  return made;
}

std::unique_ptr<Discriminator> discriminator(Entries options, const Shapes& shapes) {
  auto made = make<kinds::discriminator>("dcgan", options, shapes);
  made->initialise(RandomStream(1, "init"));
  return made;
}

std::vector<std::string> weights_of(Module& module) {
  std::vector<std::string> found;
  for (const NamedParameter& named : module.parameters())
    if (named.path.find("weight") != std::string::npos)
      found.push_back(named.path + " " + to_text(named.variable->shape()));
  return found;
}

Tensor noise(const Shape& shape) { return random_normal(RandomStream(1, "noise"), shape); }

}  // namespace

TEST_CASE("A DCGAN doubles the sides and halves the channels, and its discriminator the reverse") {
  const Shapes shapes = image_shapes({28, 28, 1}, 100);
  CHECK(weights_of(*generator({}, shapes)) == std::vector<std::string>{"0.weight [100, 6272]",
                                                                       "1.weight [4, 4, 64, 128]",
                                                                       "2.weight [4, 4, 1, 64]"});
  CHECK(weights_of(*discriminator({}, shapes)) ==
        std::vector<std::string>{"0.weight [4, 4, 1, 64]", "1.weight [4, 4, 64, 128]",
                                 "2.weight [6272, 1]"});
  const Shapes large = image_shapes({64, 64, 3}, 100);
  const std::vector<std::string> up = weights_of(*generator({{"channels", number(8)}}, large));
  REQUIRE(up.size() == 5);
  CHECK(up[0] == "0.weight [100, 1024]");
  CHECK(up[1] == "1.weight [4, 4, 32, 64]");
  CHECK(up[4] == "4.weight [4, 4, 3, 8]");
}

TEST_CASE("DCGANs make and judge images of 28, 32 and 64 pixels, and of unequal sides") {
  for (const Shape& sample :
       {Shape{28, 28, 1}, Shape{32, 32, 3}, Shape{64, 64, 3}, Shape{16, 24, 2}}) {
    const Shapes shapes = image_shapes(sample, 5);
    const Tensor x = generate(*generator({{"channels", number(2)}}, shapes), noise({3, 5}));
    REQUIRE(x.shape() == with_rows(3, sample));
    CHECK(*std::max_element(x.begin(), x.end()) <= 1);
    const auto judge = discriminator({{"channels", number(2)}}, shapes);
    const Outputs outputs = discriminate(*judge, x);
    CHECK(outputs.logits().shape() == Shape{3, 1});
    CHECK(outputs.get("features").shape()[0] == 3);
  }
}

TEST_CASE("The first weights of a DCGAN have deviation 0.02, its biases are 0 and its scales 1") {
  const auto judge = discriminator({}, image_shapes({28, 28, 1}));
  const Tensor& w = parameter_of(*judge, "1.weight").value();
  const auto n = static_cast<double>(w.size());
  // A mean of n squares errs by sqrt(2 / n) of itself.
  CHECK(std::abs(squared_norm(w) / n - 4e-4) < 5 * 4e-4 * std::sqrt(2 / n));
  CHECK((parameter_of(*judge, "0.bias").value() == zeros({64})));
  CHECK((parameter_of(*judge, "norm1.scale").value() == full({128}, 1)));
}

TEST_CASE("A DCGAN discriminator of one channel adds up its windows") {
  const auto judge =
      discriminator({{"channels", number(1)}, {"norm", text("none")}}, image_shapes({8, 8, 1}));
  set_all(*judge, "0.weight", 1);
  set_all(*judge, "1.weight", 1);
  // Of the 16 windows 4 lie in corners and hold 9 pixels, 8 at edges 12, and 4 inside 16.
  CHECK(discriminate(*judge, full({1, 8, 8, 1}, 1)).logits().item() == 196);
  // Slope 0.2 below 0.
  CHECK(discriminate(*judge, full({1, 8, 8, 1}, -1)).logits().item() == Approx(-39.2));
  CHECK(discriminate(*judge, full({1, 8, 8, 1}, 1)).get("features").value()(0, 5) == 16);
}

TEST_CASE("A DCGAN generator of one channel spreads the first images") {
  const auto made = generator(
      {{"channels", number(1)}, {"norm", text("none")}, {"output_activation", text("identity")}},
      image_shapes({8, 8, 1}));
  set_all(*made, "0.weight", 1);
  set_all(*made, "1.weight", 1);
  const Tensor x = generate(*made, full({1, 1}, 1));
  // Each pixel lies in 2 windows along each side, the outermost in 1.
  CHECK(x(0, 0, 0, 0) == 1);
  CHECK(x(0, 0, 3, 0) == 2);
  CHECK(x(0, 4, 7, 0) == 2);
  CHECK(x(0, 5, 2, 0) == 4);
  CHECK((generate(*made, full({1, 1}, -1)) == zeros({1, 8, 8, 1})));
}

TEST_CASE("Batch normalisation mixes the samples of a DCGAN discriminator in training alone") {
  const Shapes shapes = image_shapes({16, 16, 1});
  const auto mixing = discriminator({{"channels", number(4)}}, shapes);
  const auto plain = discriminator({{"channels", number(4)}, {"norm", text("none")}}, shapes);
  CHECK(mixing->mixes_samples());
  CHECK_FALSE(plain->mixes_samples());
  CHECK(plain->buffers().empty());
  const Tensor two = noise({2, 16, 16, 1}), one = rows(two, 0, 1);
  const auto first_alone = [&](Discriminator& judge, Mode mode) {
    const Scalar together = discriminate(judge, two, mode).logits().value()(0, 0);
    return together == Approx(discriminate(judge, one, mode).logits().item()).epsilon(1e-5);
  };
  CHECK_FALSE(first_alone(*mixing, Mode::train));
  CHECK(first_alone(*mixing, Mode::evaluate));
  CHECK(first_alone(*plain, Mode::train));
}

TEST_CASE("Convolutional players offer features and refuse what they cannot halve") {
  for (const char* name : {"dcgan", "resnet-small"}) {
    CHECK(offers<kinds::discriminator>(name, {}) == std::vector<std::string>{"features"});
    for (const auto& [shape, found] :
         std::vector<std::pair<Shape, std::string>>{{{2}, "[2]"},
                                                    {{28, 28}, "[28, 28]"},
                                                    {{30, 30, 1}, "[30, 30, 1]"},
                                                    {{7, 7, 1}, "[7, 7, 1]"},
                                                    {{28, 32, 1}, "[28, 32, 1]"}}) {
      const std::string expected =
          "expected images [height, width, channels] whose sides are 4 to 7 times the same power "
          "of two, at least 2 (28, 32 and 64 are), found " +
          found + ".";
      const Shapes shapes = image_shapes(shape);
      CHECK(error_text<SpecError>([&] { make<kinds::generator>(name, {}, shapes); }) == expected);
      CHECK(error_text<SpecError>([&] { make<kinds::discriminator>(name, {}, shapes); }) ==
            expected);
    }
  }
}
