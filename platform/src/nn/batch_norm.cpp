#include <saddle/nn/batch_norm.hpp>

#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/autograd/ops/math.hpp>
#include <saddle/base/error.hpp>
#include <saddle/nn/activation.hpp>

#include "autograd/ops/channels.hpp"
#include "tensor/channels.hpp"

#include <algorithm>

namespace saddle::nn {
namespace {

// The running average moves towards the batch by `momentum`.
void follow(Buffer& running, const Tensor& batch, double momentum, double factor) {
  Tensor next = running.latest();
  for (std::size_t i = 0; i < next.size(); ++i)
    next.data()[i] = static_cast<Scalar>((1 - momentum) * static_cast<double>(next.data()[i]) +
                                         momentum * factor * static_cast<double>(batch.data()[i]));
  running.propose(std::move(next));
}

}  // namespace

BatchNorm::BatchNorm(std::size_t channels, const BatchNormOptions& options)
    : options_(options),
      mean_(buffer("mean", {channels}, init::constant(0))),
      variance_(buffer("variance", {channels}, init::constant(1))) {
  if (!options.affine) return;
  scale_ = &parameter("scale", {channels}, init::constant(1));
  shift_ = &parameter("shift", {channels}, init::constant(0));
}

BatchNorm::~BatchNorm() = default;

Variable BatchNorm::forward(const Variable& x, Context& context) {
  const Shape& channels = mean_.value().shape();
  if (x.shape().size() < 2 || x.shape().back() != channels[0])
    throw PluginError("batch normalisation of " + std::to_string(channels[0]) +
                      " channels expects [n, ..., " + std::to_string(channels[0]) +
                      "] and was given " + to_text(x.shape()) + ".");
  if (context.training()) return by_batch(x, context);
  return finish(x - Variable(mean_.value()), Variable(variance_.value()));
}

Variable BatchNorm::by_batch(const Variable& x, Context& context) {
  if (x.size() == 0)
    throw PluginError(
        "batch normalisation was given an empty batch in training. It needs a sample "
        "to take statistics of.");
  const Shape& channels = mean_.value().shape();
  const double count = static_cast<double>(x.size() / channels[0]);
  const Tensor means = kernels::channel_means(x.value());
  const Variable centred = centre(x, means);
  const Variable variance = sum_squares(centred) / count;
  if (context.own_update()) {
    follow(mean_, means, options_.momentum, 1);
    follow(variance_, variance.value(), options_.momentum, count / std::max(1.0, count - 1));
  }
  return finish(centred, variance);
}

Variable BatchNorm::finish(const Variable& centred, const Variable& variance) const {
  const Variable deviation = sqrt(variance + options_.epsilon);
  if (!scale_) return activate(options_.activation, centred / deviation);
  const std::optional<double> slope = leaky_slope(options_.activation);
  const Variable y = scale_shift(centred, *scale_ / deviation, *shift_, slope.value_or(1));
  return slope ? y : activate(options_.activation, y);
}

}  // namespace saddle::nn
