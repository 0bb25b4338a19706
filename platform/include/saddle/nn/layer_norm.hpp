#pragma once

#include <saddle/nn/layer.hpp>

namespace saddle::nn {

// Layer normalisation (Ba et al. 2016, equation 4), by sample:
//   y = scale (x - mean) / sqrt(variance + epsilon) + shift       [n, ..., channels] -> the same
// Mean and variance are those of each sample over all axes but the first, the variance divided by
// the count; scale and shift belong to the channels, the last axis. No statistics are kept, so that
// training and evaluation do the same and samples do not mix.
class SADDLE_API LayerNorm final : public Layer {
 public:
  explicit LayerNorm(std::size_t channels, double epsilon = 1e-5);
  ~LayerNorm() override;

 protected:
  // Throws PluginError for another number of channels.
  Variable forward(const Variable& x, Context& context) override;

 private:
  double epsilon_;
  Variable &scale_, &shift_;  // [channels], from 1 and 0
};

}  // namespace saddle::nn
