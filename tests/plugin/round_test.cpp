#include <saddle/saddle.hpp>

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace saddle;

namespace {

class Copying final : public Generator {
 public:
  Samples forward(const Latent& latent, Context&) override { return latent.joined(); }
};

// Logits that say what it was given: the sum of a row, 100 times its label, and 1000 where it was
// to sample.
class Watching final : public Discriminator {
 public:
  Watching() : forwards_(buffer("forwards", {1}, init::constant(0))) {}
  Outputs forward(const Batch& batch, Context& context) override {
    ++calls;
    if (context.own_update()) forwards_.propose(full({1}, calls));
    Tensor labels = zeros({batch.x.shape()[0], 1});
    for (std::size_t i = 0; i < batch.labels.size(); ++i)
      labels(i, 0) = static_cast<Scalar>(batch.labels[i]);
    const double offset = samples && context.samples() ? 1000 : 0;
    return reshape(sum_rows(batch.x), {batch.x.shape()[0], 1}) + 100.0 * Variable(labels) + offset;
  }
  bool mixes_samples() const override { return mixes; }
  int calls = 0;
  bool mixes = false, samples = false;

 private:
  Buffer& forwards_;
};

// Rows 0, 1, 2, 3 of two numbers each: (0, 1), (10, 11), (20, 21), (30, 31).
Tensor four_rows() { return tensor({4, 2}, {0, 1, 10, 11, 20, 21, 30, 31}); }

struct Scene {
  explicit Scene(std::size_t packing, double noise = 0, Labels real_labels = {}, Labels wanted = {},
                 bool alone = false)
      : shapes{{2}, {{"z", 2}}, {2}, {2 * packing}, 0},
        round({&generator, &discriminator, "generator 'copying'", "discriminator 'watching'",
               &shapes, 7, 3, packing, true, !alone, alone, noise, &streams,
               [real_labels] {
                 return Batch{Variable(four_rows()), real_labels};
               },
               [wanted] {
                 return Latent({{"z", Variable(four_rows())}}, wanted);
               }}) {}

  RandomStream streams{5, ""};
  Copying generator;
  Watching discriminator;
  Shapes shapes;
  Round round;
};

std::vector<double> elements(const Variable& x) {
  return std::vector<double>(x.value().begin(), x.value().end());
}

}  // namespace

TEST_CASE("A tuple of packed samples holds rows that lie half a batch apart") {
  Scene scene(2);
  CHECK(scene.round.inputs(scene.round.real()).shape() == Shape{2, 4});
  CHECK(elements(scene.round.inputs(scene.round.real())) ==
        std::vector<double>{0, 1, 20, 21, 10, 11, 30, 31});
  CHECK(elements(scene.round.generated_outputs().logits()) == std::vector<double>{42, 82});
}

// Not a tuple, which would be [1, 8], nor rows side by side: four slots of one row.
TEST_CASE("Four packed samples stand in the order of the batch") {
  Scene scene(4);
  CHECK(elements(scene.round.inputs(scene.round.real())) ==
        std::vector<double>{0, 1, 10, 11, 20, 21, 30, 31});
}

TEST_CASE("Images are packed along their channels") {
  struct Images {
    RandomStream streams{5, ""};
    Copying generator;
    Watching discriminator;
    Shapes shapes{{2}, {{"z", 2}}, {1, 2, 1}, {1, 2, 2}, 0};
  } scene;
  Round round({&scene.generator, &scene.discriminator, "", "", &scene.shapes, 1, 0, 2, true, true,
               false, 0, &scene.streams,
               [] {
                 return Batch{Variable(tensor({2, 1, 2, 1}, {1, 2, 3, 4})), {}};
               },
               [] {
                 return Latent({{"z", Variable(four_rows())}});
               }});
  CHECK(round.inputs(round.real()).shape() == Shape{1, 1, 2, 2});
  CHECK(elements(round.inputs(round.real())) == std::vector<double>{1, 3, 2, 4});
}

TEST_CASE("Instance noise comes from one stream for real and one for generated inputs") {
  Scene scene(2, 0.5);
  const auto noise = [&](const std::string& where) {
    return random_normal(scene.streams.child("instance-noise/" + where).at(7, 3), {2, 4});
  };
  const Tensor plain = tensor({2, 4}, {0, 1, 20, 21, 10, 11, 30, 31});
  for (const std::string where : {"real", "generated"}) {
    const Variable& samples = where == "real" ? scene.round.real() : scene.round.generated();
    const Tensor seen = scene.round.inputs(samples).value(), expected = noise(where);
    for (std::size_t i = 0; i < seen.size(); ++i)
      CHECK(static_cast<double>(seen.data()[i]) ==
            Approx(static_cast<double>(plain.data()[i]) +
                   0.5 * static_cast<double>(expected.data()[i])));
  }
  CHECK(noise("real").data()[0] != noise("generated").data()[0]);
}

TEST_CASE(
    "The discriminator gets real samples with their labels and generated ones with those "
    "that were asked for") {
  Scene scene(1, 0, {0, 1, 2, 3}, {3, 3, 0, 1});
  CHECK(scene.round.real_labels() == Labels{0, 1, 2, 3});
  CHECK(scene.round.generated_labels() == Labels{3, 3, 0, 1});
  CHECK(elements(scene.round.real_outputs().logits()) == std::vector<double>{1, 121, 241, 361});
  CHECK(elements(scene.round.generated_outputs().logits()) ==
        std::vector<double>{301, 321, 41, 161});
}

TEST_CASE("A discriminator that samples in its own update judges for the generator without") {
  const std::vector<double> plain = {1, 21, 41, 61}, sampled = {1001, 1021, 1041, 1061};
  Scene scene(1);
  scene.discriminator.samples = true;
  for (int ahead = 0; ahead < 2; ++ahead) {
    scene.round.enter_term("term", {}, Objective::generator);
    CHECK(elements(scene.round.generated_outputs().logits()) == plain);
    scene.round.enter_term("term", {}, Objective::discriminator);
    CHECK(elements(scene.round.generated_outputs().logits()) == sampled);
    CHECK(elements(scene.round.real_outputs().logits()) == sampled);
    scene.round.enter_term("term", {}, Objective::generator);
    CHECK(elements(scene.round.real_outputs().logits()) == plain);
    CHECK(elements(scene.round.known_real_outputs()->logits()) == sampled);
    scene.round.look_ahead();
  }
}

TEST_CASE("So it does where it saw both batches in one pass") {
  Scene scene(1, 0, {}, {}, true);
  scene.discriminator.samples = true;
  CHECK(elements(scene.round.real_outputs().logits()) ==
        std::vector<double>{1001, 1021, 1041, 1061});
  CHECK(scene.discriminator.calls == 1);
  // A frozen generator's objective is evaluated, too.
  scene.round.enter_term("term", {}, Objective::generator);
  CHECK(elements(scene.round.generated_outputs().logits()) == std::vector<double>{1, 21, 41, 61});
  scene.round.enter_term("term", {}, Objective::own);
  CHECK(elements(scene.round.generated_outputs().logits()) ==
        std::vector<double>{1001, 1021, 1041, 1061});
}

TEST_CASE("A round without a label part asks for none") {
  Scene scene(1, 0, {0, 1, 2, 3});
  CHECK(scene.round.generated_labels().empty());
  CHECK(elements(scene.round.generated_outputs().logits()) == std::vector<double>{1, 21, 41, 61});
}

TEST_CASE(
    "A discriminator that is trained alone and mixes no samples sees both batches in one pass") {
  Scene scene(1, 0, {0, 1, 2, 3}, {3, 3, 0, 1}, true);
  CHECK(elements(scene.round.generated_outputs().logits()) ==
        std::vector<double>{301, 321, 41, 161});
  CHECK(elements(scene.round.real_outputs().logits()) == std::vector<double>{1, 121, 241, 361});
  CHECK(scene.discriminator.calls == 1);
  // Its derivatives reach the inputs of each.
  const Variable inputs = scene.round.inputs(scene.round.real());
  CHECK(elements(grad(sum(scene.round.real_outputs().logits()), {inputs})[0]) ==
        std::vector<double>(8, 1));
  CHECK(elements(grad(sum(scene.round.generated_outputs().logits()), {inputs})[0]) ==
        std::vector<double>(8, 0));
}

TEST_CASE("Samples that only one side has labels for pass without") {
  Scene scene(1, 0, {0, 1, 2, 3}, {}, true);
  CHECK(elements(scene.round.real_outputs().logits()) == std::vector<double>{1, 21, 41, 61});
}

TEST_CASE("A discriminator that mixes samples, or is not trained alone, sees one batch at a time") {
  Scene mixing(1, 0, {}, {}, true);
  mixing.discriminator.mixes = true;
  Scene together(1, 0, {}, {}, false);
  Scene ahead(1, 0, {}, {}, true);
  ahead.round.look_ahead();
  for (Scene* scene : {&mixing, &together, &ahead}) {
    scene->round.real_outputs();
    CHECK(scene->discriminator.calls == 1);
    scene->round.generated_outputs();
    CHECK(scene->discriminator.calls == 2);
  }
}

TEST_CASE("A round that looks ahead runs the discriminator anew on inputs of its own") {
  Scene scene(1, 0.5);
  scene.round.enter_term("term", {"curve"});
  scene.round.log("curve", 1);
  const Variable before = scene.round.real_outputs().logits();
  const Variable inputs = scene.round.inputs(scene.round.real());
  Buffer& buffer = *scene.discriminator.buffers()[0].buffer;
  scene.round.look_ahead();
  CHECK(scene.round.logged().empty());
  CHECK(scene.round.known_real_outputs() == nullptr);
  CHECK(elements(scene.round.real_outputs().logits()) == elements(before));
  const Variable anew = scene.round.inputs(scene.round.real());
  CHECK(anew.value() == inputs.value());
  CHECK(&anew.value() != &inputs.value());
  CHECK(scene.discriminator.calls == 2);
  // The first forward proposed; the second did not.
  buffer.commit();
  CHECK(buffer.value()(0) == 1);
}
