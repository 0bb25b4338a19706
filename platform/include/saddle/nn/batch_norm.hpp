#pragma once

#include <saddle/nn/layer.hpp>

#include <string>

namespace saddle::nn {

struct BatchNormOptions {
  // How far the running statistics follow a batch: new = (1 - momentum) old + momentum batch.
  double momentum = 0.1;
  double epsilon = 1e-5;
  // Whether a trained scale and shift follow.
  bool affine = true;
  // Of the result; see activation_names().
  std::string activation = "identity";
};

// Batch normalisation (Ioffe and Szegedy 2015, algorithms 1 and 2), by channel, the last axis:
//   y = scale (x - mean) / sqrt(variance + epsilon) + shift       [n, ..., channels] -> the same
// then its activation.
// In training, mean and variance are those of the batch over all axes but the last, the variance
// divided by the count; in evaluation they are the running ones. The running variance follows the
// unbiased one, divided by the count - 1. Where two forwards of one update run through the layer,
// as a discriminator's on real and on generated samples, each is normalised by its own batch, and
// the running statistics follow both in order.
class SADDLE_API BatchNorm final : public Layer {
 public:
  explicit BatchNorm(std::size_t channels, const BatchNormOptions& options = {});
  ~BatchNorm() override;

 protected:
  // Throws PluginError for another number of channels, or in training without a sample.
  Variable forward(const Variable& x, Context& context) override;

 private:
  Variable by_batch(const Variable& x, Context& context);
  Variable finish(const Variable& centred, const Variable& variance) const;

  BatchNormOptions options_;
  Buffer &mean_, &variance_;                      // [channels], from 0 and 1
  Variable *scale_ = nullptr, *shift_ = nullptr;  // [channels], from 1 and 0
};

}  // namespace saddle::nn
