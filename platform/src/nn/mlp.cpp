#include <saddle/nn/mlp.hpp>

#include <saddle/autograd/ops/layout.hpp>
#include <saddle/nn/activation.hpp>
#include <saddle/nn/fourier_features.hpp>

#include "nn/hidden_layer.hpp"

namespace saddle::nn {

namespace {

void describe_fourier_features(Schema& s) {
  s.field(&MlpOptions::fourier_features, "fourier_features",
          "random Fourier features of the input, given beside it; 0 for none")
      .range(0, 65536);
  s.field(&MlpOptions::fourier_low, "fourier_low", "lowest frequency of the features")
      .unit("1 / input unit")
      .range(1e-6, 1e6);
  s.field(&MlpOptions::fourier_high, "fourier_high", "highest frequency of the features")
      .unit("1 / input unit")
      .range(1e-6, 1e6);
}

}  // namespace

void MlpOptions::describe(Schema& s) {
  s.field(&MlpOptions::hidden, "hidden", "units of each hidden layer").range(1, 65536);
  s.field(&MlpOptions::activation, "activation", "after each hidden layer")
      .choices(activation_names());
  s.field(&MlpOptions::output_activation, "output_activation", "after the last layer")
      .choices(activation_names());
  s.field(&MlpOptions::norm, "norm",
          "normalisation before each activation: batch, by unit, in place of a bias; layer, by "
          "sample")
      .choices({"none", "batch", "layer"});
  s.field(&MlpOptions::spectral_norm, "spectral_norm",
          "divide each weight by its largest singular value");
  s.field(&MlpOptions::maxout_pieces, "maxout_pieces",
          "linear pieces of each hidden unit, whose largest takes the place of the activation; 0 "
          "for none")
      .range(0, 64);
  s.field(&MlpOptions::dropout, "dropout",
          "probability with which a hidden unit is left out in training")
      .range(0, 0.99);
  s.field(&MlpOptions::residual, "residual",
          "add the input of each hidden layer to its output, by a linear map where sizes differ");
  s.field(&MlpOptions::init, "init",
          "distribution of the first weights: he N(0, gain^2 / in), xavier uniform, orthogonal "
          "times gain, or normal")
      .choices({"he", "xavier", "orthogonal", "normal"});
  s.field(&MlpOptions::init_deviation, "init_deviation", "standard deviation for init normal")
      .range(0, 100);
  s.field(&MlpOptions::init_gain, "init_gain",
          "gain of the hidden layers' first weights; null for that of the activation")
      .range(0, 100);
  s.field(&MlpOptions::output_gain, "output_gain",
          "gain of the last layer's first weights; init normal has no gain")
      .range(0, 100);
  describe_fourier_features(s);
}

Mlp::Mlp(const Shape& in, const Shape& out, const MlpOptions& options)
    : output_activation_(options.output_activation), out_(out), width_(element_count(in)) {
  if (options.fourier_features > 0) {
    fourier_ = &add<FourierFeatures>("features", width_, options.fourier_features,
                                     options.fourier_low, options.fourier_high);
    width_ += options.fourier_features;
  }
  for (const std::size_t units : options.hidden) {
    hidden_.push_back(&add(std::to_string(hidden_.size()), hidden_layer(width_, units, options)));
    width_ = units;
  }
  const LinearOptions linear{true, options.spectral_norm};
  if (options.bottleneck > 0) {
    bottleneck_ = &add<Stochastic>("bottleneck", width_, options.bottleneck,
                                   initial_weights(options, 1), linear, options.bottleneck_samples);
    width_ = options.bottleneck;
  }
  last_ = &add<Linear>(std::to_string(hidden_.size()), width_, element_count(out),
                       initial_weights(options, options.output_gain), linear);
}

Mlp::~Mlp() = default;

Variable Mlp::forward(const Variable& x, Context& context) { return run(x, context).output; }

Mlp::Pass Mlp::run(const Variable& x, Context& context) {
  Pass pass;
  pass.features = flatten(x);
  if (fourier_) pass.features = (*fourier_)(pass.features, context);
  for (Layer* layer : hidden_) pass.features = (*layer)(pass.features, context);
  pass.code = pass.features;
  if (bottleneck_) {
    const Stochastic::Code code = (*bottleneck_)(pass.features, context);
    pass.code = code.value;
    pass.rate = code.rate;
  }
  const Variable y = activate(output_activation_, (*last_)(pass.code, context));
  pass.output = reshape(y, with_rows(x.shape()[0], out_));
  if (context.has_taps()) context.offer_tap(path(), pass.output);
  return pass;
}

}  // namespace saddle::nn
