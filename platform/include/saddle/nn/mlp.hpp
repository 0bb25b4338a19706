#pragma once

#include <saddle/base/schema.hpp>
#include <saddle/nn/layer.hpp>
#include <saddle/nn/linear.hpp>
#include <saddle/nn/stochastic.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace saddle::nn {

// The options that fully connected networks share.
struct MlpOptions {
  std::vector<std::size_t> hidden = {128, 128};
  std::string activation = "relu";
  std::string output_activation = "identity";
  std::string norm = "none";
  bool spectral_norm = false;
  std::size_t maxout_pieces = 0;
  double dropout = 0;
  bool residual = false;
  std::string init = "he";
  double init_deviation = 0.02;
  std::optional<double> init_gain;
  double output_gain = 1;
  std::size_t fourier_features = 0;
  double fourier_low = 1, fourier_high = 50;
  // Units of a stochastic layer before the last one; 0 for none. Not described here: a network that
  // has it offers its rate.
  std::size_t bottleneck = 0;
  Stochastic::Samples bottleneck_samples = Stochastic::Samples::in_own_update;

  MlpOptions() = default;
  // The defaults with these hidden layers.
  MlpOptions(std::vector<std::size_t> units) : hidden(std::move(units)) {}
  static void describe(Schema& schema);

  // Whether a training forward mixes the samples of a batch.
  bool mixes_samples() const { return norm == "batch"; }
};

// Fully connected network between tensors of any shape: [n, in...] -> [n, out...]. Each hidden
// layer is linear, norm, activation, dropout; layer k, the last one included, has the path "<k>".
class SADDLE_API Mlp final : public Layer {
 public:
  Mlp(const Shape& in, const Shape& out, const MlpOptions& options);
  ~Mlp() override;

  struct Pass {
    Variable output;    // [n, out...]
    Variable features;  // [n, units]: of the last hidden layer; the input where there is none
    Variable code;      // [n, width]: what the last layer takes, features or the bottleneck's code
    std::optional<Variable> rate;  // [n, 1]: the bottleneck's, in nats
  };
  // The same with what lies within.
  Pass run(const Variable& x, Context& context);
  std::size_t width() const { return width_; }

 protected:
  Variable forward(const Variable& x, Context& context) override;

 private:
  std::string output_activation_;
  Shape out_;
  std::size_t width_;
  Layer* fourier_ = nullptr;
  std::vector<Layer*> hidden_;
  Stochastic* bottleneck_ = nullptr;
  Linear* last_;
};

}  // namespace saddle::nn
