#include "plugins/image_networks.hpp"

#include <catch2/catch.hpp>

using namespace saddle;
using namespace saddle::test;

namespace {

std::unique_ptr<Generator> generator(Entries options, const Shapes& shapes) {
  auto made = make<kinds::generator>("resnet-small", options, shapes);
  made->initialise(RandomStream(1, "init"));
  return made;
}

std::unique_ptr<Discriminator> discriminator(Entries options, const Shapes& shapes) {
  auto made = make<kinds::discriminator>("resnet-small", options, shapes);
  made->initialise(RandomStream(1, "init"));
  return made;
}

}  // namespace

TEST_CASE("Residual players make and judge images of 28, 32 and 64 pixels") {
  for (const Shape& sample : {Shape{28, 28, 1}, Shape{32, 32, 3}, Shape{64, 64, 3}}) {
    const Shapes shapes = image_shapes(sample, 5);
    const Tensor z = random_normal(RandomStream(1, "z"), {3, 5});
    const Tensor x = generate(*generator({{"channels", number(3)}}, shapes), z);
    REQUIRE(x.shape() == with_rows(3, sample));
    const auto judge = discriminator({{"channels", number(3)}}, shapes);
    CHECK_FALSE(judge->mixes_samples());
    const Outputs outputs = discriminate(*judge, x);
    CHECK(outputs.logits().shape() == Shape{3, 1});
    CHECK(outputs.get("features").shape() == Shape{3, 3});
  }
}

TEST_CASE("A block that halves adds the means of its two paths") {
  const auto judge = discriminator({{"channels", number(1)}}, image_shapes({8, 8, 1}));
  set_centre(*judge, "block0.0.weight", 1);
  set_centre(*judge, "block0.1.weight", 1);
  set_all(*judge, "block0.shortcut.weight", 2);
  set_all(*judge, "logits.weight", 10);
  Tensor x = zeros({1, 8, 8, 1});
  x(0, 0, 0, 0) = 4;
  // The mean of 4 pixels is 1: once by the residual path, twice by the shortcut.
  const Outputs outputs = discriminate(*judge, x);
  CHECK(outputs.get("features").item() == 3);
  CHECK(outputs.logits().item() == 30);
  // The first block does not cut off what is below 0.
  set_centre(*judge, "block0.0.weight", -1);
  set_all(*judge, "block0.shortcut.weight", 0);
  CHECK(discriminate(*judge, full({1, 8, 8, 1}, -1)).get("features").item() == 16);
}

TEST_CASE("A block that doubles adds its two paths") {
  const auto made = generator(
      {{"channels", number(1)}, {"norm", text("none")}, {"output_activation", text("identity")}},
      image_shapes({8, 8, 1}));
  set_all(*made, "project.weight", 1);
  set_centre(*made, "block0.1.weight", 1);
  set_centre(*made, "block0.3.weight", 1);
  set_centre(*made, "last.weight", 1);
  set_all(*made, "block0.shortcut.weight", 2);
  CHECK((generate(*made, full({1, 1}, 1)) == full({1, 8, 8, 1}, 3)));
  // The shortcut is not cut off; the last activation cuts.
  CHECK((generate(*made, full({1, 1}, -1)) == zeros({1, 8, 8, 1})));
}

TEST_CASE("Spectral normalisation reaches every weight of the residual discriminator") {
  const auto judge =
      discriminator({{"channels", number(2)}, {"spectral_norm", FieldType<bool>::write(true)}},
                    image_shapes({8, 8, 1}));
  std::vector<std::string> paths;
  for (const NamedBuffer& named : judge->buffers()) paths.push_back(named.path);
  CHECK(paths == std::vector<std::string>{"block0.0.spectral_norm.u", "block0.1.spectral_norm.u",
                                          "block0.shortcut.spectral_norm.u",
                                          "logits.spectral_norm.u"});
}
