#include <saddle/nn/conv2d.hpp>

#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/autograd/ops/convolution.hpp>
#include <saddle/nn/activation.hpp>

#include <utility>

namespace saddle::nn {

Conv2d::Conv2d(std::size_t in, std::size_t out, std::size_t kernel, Geometry geometry,
               Initialiser weight, const LinearOptions& options)
    : geometry_(geometry),
      weight_(parameter("weight", {kernel, kernel, in, out}, std::move(weight))),
      activation_(options.activation) {
  if (options.bias) bias_ = &parameter("bias", {out}, init::constant(0));
  if (options.spectral_norm) spectral_norm_ = &add<SpectralNorm>("spectral_norm", out);
}

Conv2d::~Conv2d() = default;

Variable Conv2d::forward(const Variable& x, Context& context) {
  const Variable weight = spectral_norm_ ? (*spectral_norm_)(weight_, context) : weight_;
  const std::optional<double> slope = leaky_slope(activation_);
  if (bias_ && slope) return convolution_leaky_relu(x, weight, *bias_, *slope, geometry_);
  const Variable y = convolution(x, weight, geometry_);
  return activate(activation_, bias_ ? y + *bias_ : y);
}

}  // namespace saddle::nn
