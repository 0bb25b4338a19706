#pragma once

#include <saddle/nn/mlp.hpp>

namespace saddle::nn {

// How the weights of an mlp begin.
Initialiser initial_weights(const MlpOptions& options, double gain);

// One hidden layer of an mlp: [n, in] -> [n, units]. Its weight is called "weight".
std::unique_ptr<Layer> hidden_layer(std::size_t in, std::size_t units, const MlpOptions& options);

}  // namespace saddle::nn
