#include <saddle/nn/layer_norm.hpp>

#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/autograd/ops/layout.hpp>
#include <saddle/autograd/ops/math.hpp>
#include <saddle/autograd/ops/reduce.hpp>
#include <saddle/base/error.hpp>

namespace saddle::nn {

LayerNorm::LayerNorm(std::size_t channels, double epsilon)
    : epsilon_(epsilon),
      scale_(parameter("scale", {channels}, init::constant(1))),
      shift_(parameter("shift", {channels}, init::constant(0))) {}

LayerNorm::~LayerNorm() = default;

Variable LayerNorm::forward(const Variable& x, Context&) {
  const std::size_t channels = scale_.shape()[0];
  if (x.shape().size() < 2 || x.shape().back() != channels)
    throw PluginError("layer normalisation of " + std::to_string(channels) +
                      " channels expects [n, ..., " + std::to_string(channels) +
                      "] and was given " + to_text(x.shape()) + ".");
  const Variable rows = flatten(x);
  const Shape by_row = {rows.shape()[0], 1};
  const double count = static_cast<double>(rows.shape()[1]);
  const Variable centred = rows - sum_to(rows, by_row) / count;
  const Variable variance = sum_to(square(centred), by_row) / count;
  return reshape(centred / sqrt(variance + epsilon_), x.shape()) * scale_ + shift_;
}

}  // namespace saddle::nn
