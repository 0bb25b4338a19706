#pragma once

#include <saddle/tensor/tensor.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace saddle {

struct LatentPart {
  std::string name;
  std::size_t size;
  // What it is drawn from, by its key in the spec: normal, uniform, truncated, mixture, codebook;
  // categorical and label are one-hot, of equal probabilities and of the training data's classes.
  std::string law = "normal";
  // Of the law, in nats: differential where it has a density. None where no formula gives it.
  std::optional<double> entropy = std::nullopt;
};

// What a network is built for. None of the shapes counts the batch.
struct Shapes {
  Shape latent;                   // [the sizes of all parts together]
  std::vector<LatentPart> parts;  // in the order of the spec
  Shape sample;                   // what the generator returns
  Shape input;                    // what the discriminator sees: the last axis times the packing
  std::size_t classes = 0;        // of the labels; 0 where there are none
  // What losses and metrics are built for: the discriminator's outputs beside the logits, by name.
  std::map<std::string, Shape> outputs = {};
  // What losses are built for: the samples of a batch, real or generated.
  std::size_t batch = 256;

  // Samples that the discriminator sees as one.
  std::size_t packing() const { return input.back() / sample.back(); }
};

}  // namespace saddle
