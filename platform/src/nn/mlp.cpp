#include <saddle/nn/mlp.hpp>

#include <saddle/autograd/ops/layout.hpp>
#include <saddle/nn/activation.hpp>
#include <saddle/nn/fourier_features.hpp>
#include <saddle/nn/linear.hpp>

namespace saddle::nn {
namespace {

Initialiser weights(const MlpOptions& options, double gain) {
  if (options.init == "he") return init::he(gain);
  if (options.init == "xavier") return init::xavier(gain);
  return init::normal(options.init_deviation);
}

}  // namespace

void MlpOptions::describe(Schema& s) {
  s.field(&MlpOptions::hidden, "hidden", "units of each hidden layer").range(1, 65536);
  s.field(&MlpOptions::activation, "activation", "after each hidden layer")
      .choices(activation_names());
  s.field(&MlpOptions::output_activation, "output_activation", "after the last layer")
      .choices(activation_names());
  s.field(&MlpOptions::init, "init",
          "distribution of the first weights: he N(0, gain^2 / in), xavier uniform, or normal")
      .choices({"he", "xavier", "normal"});
  s.field(&MlpOptions::init_deviation, "init_deviation", "standard deviation for init normal")
      .range(0, 100);
  s.field(&MlpOptions::output_gain, "output_gain",
          "gain of the last layer's first weights, for init he and xavier")
      .range(0, 100);
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

Mlp::Mlp(const Shape& in, const Shape& out, const MlpOptions& options)
    : options_(options), out_(out) {
  std::size_t width = element_count(in);
  if (options.fourier_features > 0) {
    features_ = &add<FourierFeatures>("features", width, options.fourier_features,
                                      options.fourier_low, options.fourier_high);
    width += options.fourier_features;
  }
  const double gain = activation_gain(options.activation);
  for (const std::size_t units : options.hidden) {
    layers_.push_back(
        &add<Linear>(std::to_string(layers_.size()), width, units, weights(options, gain)));
    width = units;
  }
  layers_.push_back(&add<Linear>(std::to_string(layers_.size()), width, element_count(out),
                                 weights(options, options.output_gain)));
}

Mlp::~Mlp() = default;

Variable Mlp::forward(const Variable& x, Context& context) {
  Variable h = flatten(x);
  if (features_) h = (*features_)(h, context);
  for (Layer* layer : layers_) {
    h = (*layer)(h, context);
    h = activate(layer == layers_.back() ? options_.output_activation : options_.activation, h);
  }
  return reshape(h, with_rows(x.shape()[0], out_));
}

}  // namespace saddle::nn
