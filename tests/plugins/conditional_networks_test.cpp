#include <saddle/nn/embedding.hpp>

#include "autograd/differences.hpp"
#include "plugins/image_networks.hpp"

#include <catch2/catch.hpp>

using namespace saddle;
using namespace saddle::test;

namespace {

const std::vector<const char*> kImageNetworks = {"dcgan", "resnet-small"};

// Images [8, 8, 1] of three classes.
Shapes labelled_shapes() {
  Shapes shapes = image_shapes({8, 8, 1}, 4);
  shapes.parts = {{"z", 1}, {"y", 3, "label"}};
  shapes.classes = 3;
  return shapes;
}

std::unique_ptr<Discriminator> judge_of(const std::string& name, Entries options) {
  auto made = make<kinds::discriminator>(name, options, labelled_shapes());
  made->initialise(RandomStream(1, "init"));
  return made;
}

Outputs judge(Discriminator& network, const Variable& x, const Labels& labels,
              Mode mode = Mode::evaluate) {
  Context context = network_context(mode);
  return network.forward({x, labels}, context);
}

Tensor images(std::size_t count) {
  return random_normal(RandomStream(1, "images"), {count, 8, 8, 1});
}

std::vector<std::string> shapes_of(Module& module) {
  std::vector<std::string> found;
  for (const NamedParameter& named : module.parameters())
    found.push_back(named.path + " " + to_text(named.variable->shape()));
  return found;
}

}  // namespace

TEST_CASE("A concatenated label widens what the first layer of an image network takes") {
  const Value condition = text("concatenation");
  CHECK(shapes_of(*judge_of("dcgan", {{"condition", condition}, {"channels", number(2)}})) ==
        std::vector<std::string>{"0.weight [4, 4, 4, 2]", "0.bias [2]", "1.weight [32, 1]",
                                 "1.bias [1]"});
  const auto residual = judge_of("resnet-small", {{"condition", condition}});
  CHECK(parameter_of(*residual, "block0.0.weight").shape() == Shape{3, 3, 4, 64});
  CHECK(parameter_of(*residual, "block0.shortcut.weight").shape() == Shape{1, 1, 4, 64});
  CHECK(parameter_of(*residual, "block0.1.weight").shape() == Shape{3, 3, 64, 64});
}

TEST_CASE("A projected label has a vector as long as what an image network's last layer takes") {
  const Value condition = text("projection");
  for (const auto& [name, units] : {std::pair("dcgan", 32), std::pair("resnet-small", 2)}) {
    const auto network = judge_of(name, {{"condition", condition}, {"channels", number(2)}});
    CHECK(shapes_of(*network).back() == "embedding.weight [3, " + std::to_string(units) + "]");
    const auto normed = judge_of(name, {{"condition", condition},
                                        {"channels", number(2)},
                                        {"spectral_norm", FieldType<bool>::write(true)}});
    CHECK(normed->buffers().back().path == "embedding.spectral_norm.u");
  }
}

TEST_CASE("Each pixel of an image meets its label's channel") {
  const auto network = judge_of(
      "dcgan",
      {{"condition", text("concatenation")}, {"channels", number(1)}, {"norm", text("none")}});
  // Channel 0 holds the image, 1 to 3 the labels, with weights 1 to 4.
  Tensor window = empty({4, 4, 4, 1});
  for (std::size_t i = 0; i < 64; ++i) window.data()[i] = static_cast<Scalar>(i % 4 + 1);
  parameter_of(*network, "0.weight") = Variable::leaf(window);
  set_all(*network, "1.weight", 1);
  const Variable ones(full({3, 8, 8, 1}, 1));
  // The windows hold 196 pixels together.
  CHECK((judge(*network, ones, {}).logits().value() == full({3, 1}, 196)));
  CHECK((judge(*network, ones, {2, 0, 1}, Mode::train).logits().value() ==
         tensor({3, 1}, {5 * 196, 3 * 196, 4 * 196})));
}

TEST_CASE("A projection adds the product of the label's vector and an image's features") {
  for (const char* name : kImageNetworks) {
    const auto network =
        judge_of(name, {{"condition", text("projection")}, {"channels", number(2)}});
    const Variable x(images(3));
    const Outputs without = judge(*network, x, {}), with = judge(*network, x, {2, 0, 2});
    const Tensor vectors = parameter_of(*network, "embedding.weight").value();
    const Tensor features = with.get("features").value();
    const std::size_t labels[] = {2, 0, 2};
    for (std::size_t i = 0; i < 3; ++i) {
      double product = 0;
      for (std::size_t j = 0; j < vectors.shape(1); ++j)
        product += double{vectors(labels[i], j)} * double{features(i, j)};
      CHECK(double{with.logits().value()(i, 0)} ==
            Approx(double{without.logits().value()(i, 0)} + product).margin(1e-5));
    }
  }
}

TEST_CASE("Conditional image networks have the gradients of central differences, twice") {
  for (const char* name : kImageNetworks)
    for (const char* condition : {"concatenation", "projection"}) {
      INFO(name << " " << condition);
      const auto network = judge_of(
          name,
          {{"condition", text(condition)}, {"channels", number(1)}, {"activation", text("tanh")}});
      Variables inputs = {Variable::leaf(images(1))};
      for (const NamedParameter& named : network->parameters()) {
        const Shape shape = named.variable->shape();
        const Variable normal(random_normal(RandomStream(1, named.path), shape));
        inputs.push_back(Variable::leaf((normal * 0.3).value()));
      }
      const auto logits = [&](const Variables& values) {
        const Substitution parameters(*network, {values.begin() + 1, values.end()});
        return judge(*network, values[0], {2}).logits();
      };
      saddle::testing::check_gradients(logits, inputs);
    }
}

TEST_CASE("An image generator takes the label as a part of its latent") {
  for (const char* name : kImageNetworks) {
    const auto generator =
        make<kinds::generator>(name, {{"channels", number(2)}}, labelled_shapes());
    generator->initialise(RandomStream(1, "init"));
    const auto generate = [&](std::int32_t label) {
      Context context = network_context(Mode::evaluate);
      const Variable z(full({1, 1}, 0.5)), y(nn::one_hot({label}, 3));
      return generator->forward(Latent({{"z", z}, {"y", y}}), context).x().value();
    };
    CHECK(generate(0).shape() == Shape{1, 8, 8, 1});
    CHECK((generate(0) == generate(0)));
    CHECK_FALSE((generate(0) == generate(1)));
  }
}

TEST_CASE("Conditions refuse data without labels, tuples, and unlabelled samples in training") {
  for (const char* name : {"mlp", "dcgan", "resnet-small"}) {
    const auto refused = [&](const Shapes& shapes, const std::string& message) {
      CHECK_THROWS_WITH(
          make<kinds::discriminator>(name, {{"condition", text("projection")}}, shapes), message);
    };
    refused(image_shapes({8, 8, 1}),
            "condition: projection needs labels, and this dataset has none. Take one with labels, "
            "or condition: none.");
    Shapes unlabelled = labelled_shapes();
    unlabelled.parts = {{"z", 4}};
    refused(unlabelled,
            "condition: projection needs the label of each generated sample. Give the latent a "
            "part that asks for one, as in latent: {y: {label: {}}}.");
    Shapes packed = labelled_shapes();
    packed.input = {8, 8, 2};
    refused(packed,
            "condition: projection needs one label for each input, and with train.packing an "
            "input is a tuple of samples. Take packing: 1, or condition: none.");
    CHECK_THROWS_WITH(
        judge(*judge_of(name, {{"condition", text("concatenation")}}), Variable(images(2)), {},
              Mode::train),
        "condition: concatenation needs the label of each sample, and these samples have none. "
        "Generated samples have those that a part of the latent asks for, as in latent: {y: "
        "{label: {}}}.");
  }
}
