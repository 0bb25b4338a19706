#pragma once

#include <saddle/nn/context.hpp>
#include <saddle/plugin/batch.hpp>
#include <saddle/plugin/shapes.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace saddle::plugin_check {

// What generators are tried with: vectors and images, of common and of random sizes, with latents
// of one and of two parts.
std::vector<Shapes> generator_shapes();
// What discriminators are tried with, with and without labels.
std::vector<Shapes> discriminator_shapes();
// What losses and metrics are tried with.
std::vector<Shapes> game_shapes();

// "samples [2], latent z [3], 3 classes".
std::string describe(const Shapes& shapes);
// "samples [2], 3 classes", which is all that a discriminator sees.
std::string describe_input(const Shapes& shapes);
bool is_image(const Shapes& shapes);

// N(0, 1) numbers that depend on the name and the row alone.
Tensor draw(const std::string& name, const Shape& shape);
// The latent parts, each [n, size].
Tensors draw_latent(const Shapes& shapes, std::size_t n);
// n labels, or none where there are no classes.
Labels draw_labels(const Shapes& shapes, std::size_t n);
// A stream of the checks.
RandomStream check_stream(const std::string& name, std::uint64_t seed = 1);
// How a network is called. `frozen` is a training forward that proposes no buffers, as on the
// interpolates of a penalty: what a gradient is taken of must not move by itself.
enum class Pass { training, frozen, evaluation };
// Of one and the same step and stream.
Context check_context(Pass pass);

}  // namespace saddle::plugin_check
