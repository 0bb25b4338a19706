#include "experiment/plugin_check/setups.hpp"

#include <saddle/nn/embedding.hpp>
#include <saddle/tensor/random.hpp>

#include "experiment/latent_choice.hpp"
#include "experiment/plugin_check/game.hpp"

#include <utility>

namespace saddle::plugin_check {
namespace {

using Parts = std::vector<LatentPart>;

constexpr std::int64_t kStep = 1;

LatentPart part_of(const char* name, const LatentChoice& choice) {
  return {name, choice.size(0), choice.law(), choice.entropy()};
}

LatentPart normal(const char* name, std::size_t size) {
  LatentChoice choice;
  choice.normal = LatentChoice::Normal{size};
  return part_of(name, choice);
}

LatentPart uniform(const char* name, std::size_t size) {
  LatentChoice choice;
  choice.uniform = LatentChoice::Uniform{size, 0, 1};
  return part_of(name, choice);
}

LatentPart categorical(const char* name, std::size_t size) {
  LatentChoice choice;
  choice.categorical = LatentChoice::Categorical{size};
  return part_of(name, choice);
}

const Parts kOnePart = {normal("z", 3)};
const Parts kTwoParts = {normal("z", 5), categorical("c", 3)};
const Parts kLabelled = {normal("z", 3), {"y", 3, "label"}};
const Parts kChoiceAndPart = {uniform("mode", 1), normal("z", 2)};

Shapes shapes_for(Shape sample, const Parts& parts, std::size_t classes = 0) {
  Shapes shapes;
  std::size_t total = 0;
  for (const LatentPart& part : parts) total += part.size;
  shapes.latent = {total};
  shapes.parts = parts;
  shapes.sample = sample;
  shapes.input = std::move(sample);
  shapes.classes = classes;
  return shapes;
}

// Sizes that nobody thought of when the plugin was written.
std::size_t random_size(std::uint32_t row, std::size_t low, std::size_t high) {
  return low + check_stream("sizes").below(row, high - low + 1);
}

std::string classes_text(const Shapes& shapes) {
  return shapes.classes > 0 ? ", " + std::to_string(shapes.classes) + " classes" : "";
}

// Small ones first: the first that a plugin takes serves for all checks but that of shapes.
std::vector<Shape> sample_shapes() {
  return {{2},
          {1},
          {random_size(0, 3, 12)},
          {8, 8, 1},
          {random_size(1, 4, 13), random_size(2, 4, 13), random_size(3, 1, 4)},
          {16, 16, 3},
          {28, 28, 1},
          {32, 32, 3},
          {64, 64, 3}};
}

}  // namespace

std::vector<Shapes> generator_shapes() {
  std::vector<Shapes> found;
  for (const Shape& sample : sample_shapes()) found.push_back(shapes_for(sample, kOnePart));
  found.push_back(shapes_for({3}, kOnePart));
  found.push_back(shapes_for({2}, kTwoParts));
  found.push_back(shapes_for({2}, kChoiceAndPart));
  found.push_back(shapes_for({28, 28, 1}, kTwoParts));
  return found;
}

std::vector<Shapes> discriminator_shapes() {
  std::vector<Shapes> found;
  for (const Shape& sample : sample_shapes()) found.push_back(shapes_for(sample, kOnePart));
  found.push_back(shapes_for({2}, kLabelled, 3));
  found.push_back(shapes_for({28, 28, 1}, kLabelled, 3));
  return found;
}

std::vector<Shapes> game_shapes() {
  std::vector<Shapes> found = {shapes_for({2}, kOnePart), shapes_for({2}, kTwoParts, 3),
                               shapes_for({1}, kOnePart), shapes_for({8, 8, 1}, kTwoParts, 3),
                               shapes_for({32, 32, 3}, kOnePart, 3)};
  for (Shapes& shapes : found) shapes.outputs["features"] = {kGameFeatures};
  return found;
}

std::string describe(const Shapes& shapes) {
  std::string text = "samples " + to_text(shapes.sample) + ", latent";
  for (const LatentPart& part : shapes.parts) text += " " + part.name + " " + to_text({part.size});
  return text + classes_text(shapes);
}

std::string describe_input(const Shapes& shapes) {
  return "samples " + to_text(shapes.input) + classes_text(shapes);
}

bool is_image(const Shapes& shapes) { return shapes.sample.size() > 1; }

Tensor draw(const std::string& name, const Shape& shape) {
  return random_normal(check_stream(name), shape);
}

Tensors draw_latent(const Shapes& shapes, std::size_t n) {
  Tensors parts;
  for (const LatentPart& part : shapes.parts) {
    if (part.law != "categorical") {
      parts.push_back(draw("latent/" + part.name, {n, part.size}));
      continue;
    }
    Labels chosen;
    for (std::size_t i = 0; i < n; ++i) chosen.push_back(static_cast<std::int32_t>(i % part.size));
    parts.push_back(nn::one_hot(chosen, part.size));
  }
  return parts;
}

Labels draw_labels(const Shapes& shapes, std::size_t n) {
  Labels labels;
  for (std::size_t i = 0; shapes.classes > 0 && i < n; ++i)
    labels.push_back(static_cast<std::int32_t>(i % shapes.classes));
  return labels;
}

RandomStream check_stream(const std::string& name, std::uint64_t seed) {
  return RandomStream(seed, "plugin-check/" + name);
}

Context check_context(Pass pass) {
  const Mode mode = pass == Pass::evaluation ? Mode::evaluate : Mode::train;
  Context context(mode, kStep, check_stream("forward"));
  if (pass == Pass::training) context.enter_own_update();
  return context;
}

}  // namespace saddle::plugin_check
