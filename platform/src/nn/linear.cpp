#include <saddle/nn/linear.hpp>

#include <saddle/autograd/ops/linear.hpp>
#include <saddle/nn/activation.hpp>

#include <utility>

namespace saddle::nn {

Linear::Linear(std::size_t in, std::size_t out, Initialiser weight, const LinearOptions& options)
    : weight_(parameter("weight", {in, out}, std::move(weight))), activation_(options.activation) {
  if (options.bias) bias_ = &parameter("bias", {out}, init::constant(0));
  if (options.spectral_norm) spectral_norm_ = &add<SpectralNorm>("spectral_norm", out);
}

Linear::~Linear() = default;

Variable Linear::forward(const Variable& x, Context& context) {
  const Variable weight = spectral_norm_ ? (*spectral_norm_)(weight_, context) : weight_;
  const std::optional<double> slope = leaky_slope(activation_);
  if (bias_ && slope) return affine_leaky_relu(x, weight, *bias_, *slope);
  return activate(activation_, bias_ ? affine(x, weight, *bias_) : matmul(x, weight));
}

}  // namespace saddle::nn
