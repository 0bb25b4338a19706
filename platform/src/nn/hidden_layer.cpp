#include "nn/hidden_layer.hpp"

#include <saddle/nn/activation.hpp>
#include <saddle/nn/batch_norm.hpp>
#include <saddle/nn/dropout.hpp>
#include <saddle/nn/layer_norm.hpp>
#include <saddle/nn/maxout.hpp>
#include <saddle/nn/residual.hpp>

#include <algorithm>
#include <utility>

namespace saddle::nn {
namespace {

// Linear, norm, activation or maxout, dropout.
class Hidden final : public Layer {
 public:
  Hidden(std::size_t in, std::size_t units, const MlpOptions& options) {
    const std::size_t pieces = options.maxout_pieces;
    const std::size_t width = units * std::max<std::size_t>(1, pieces);
    const double gain =
        options.init_gain.value_or(pieces > 0 ? 1 : activation_gain(options.activation));
    LinearOptions linear{options.norm != "batch", options.spectral_norm};
    BatchNormOptions norm;
    std::string& last = options.norm == "none"    ? linear.activation
                        : options.norm == "batch" ? norm.activation
                                                  : activation_;
    last = pieces > 0 ? "identity" : options.activation;
    layers_.push_back(&add<Linear>("", in, width, initial_weights(options, gain), linear));
    if (options.norm == "batch") layers_.push_back(&add<BatchNorm>("norm", width, norm));
    if (options.norm == "layer") layers_.push_back(&add<LayerNorm>("norm", width));
    if (pieces > 0) layers_.push_back(&add<Maxout>("maxout", pieces));
    if (options.dropout > 0) dropout_ = &add<Dropout>("dropout", options.dropout);
  }

 protected:
  Variable forward(const Variable& x, Context& context) override {
    Variable h = x;
    for (Layer* layer : layers_) h = (*layer)(h, context);
    h = activate(activation_, h);
    return dropout_ ? (*dropout_)(h, context) : h;
  }

 private:
  std::vector<Layer*> layers_;
  std::string activation_ = "identity";  // where no layer has it
  Dropout* dropout_ = nullptr;
};

}  // namespace

Initialiser initial_weights(const MlpOptions& options, double gain) {
  if (options.init == "he") return init::he(gain);
  if (options.init == "xavier") return init::xavier(gain);
  if (options.init == "orthogonal") return init::orthogonal(gain);
  return init::normal(options.init_deviation);
}

std::unique_ptr<Layer> hidden_layer(std::size_t in, std::size_t units, const MlpOptions& options) {
  std::unique_ptr<Layer> hidden = std::make_unique<Hidden>(in, units, options);
  if (!options.residual) return hidden;
  std::unique_ptr<Layer> shortcut;
  if (in != units)
    shortcut = std::make_unique<Linear>(in, units, initial_weights(options, 1),
                                        LinearOptions{false, options.spectral_norm});
  return std::make_unique<Residual>(std::move(hidden), std::move(shortcut));
}

}  // namespace saddle::nn
