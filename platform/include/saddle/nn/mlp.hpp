#pragma once

#include <saddle/base/schema.hpp>
#include <saddle/nn/layer.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace saddle::nn {

// The options that fully connected networks share.
struct MlpOptions {
  std::vector<std::size_t> hidden = {128, 128};
  std::string activation = "relu";
  std::string output_activation = "identity";
  std::string init = "he";
  double init_deviation = 0.02;
  double output_gain = 1;
  std::size_t fourier_features = 0;
  double fourier_low = 1, fourier_high = 50;

  MlpOptions() = default;
  // The defaults with these hidden layers.
  MlpOptions(std::vector<std::size_t> units) : hidden(std::move(units)) {}
  static void describe(Schema& schema);
};

// Fully connected network between tensors of any shape: [n, in...] -> [n, out...].
class SADDLE_API Mlp final : public Layer {
 public:
  Mlp(const Shape& in, const Shape& out, const MlpOptions& options);
  ~Mlp() override;

 protected:
  Variable forward(const Variable& x, Context& context) override;

 private:
  MlpOptions options_;
  Shape out_;
  Layer* features_ = nullptr;
  std::vector<Layer*> layers_;
};

}  // namespace saddle::nn
