#include <saddle/nn/conv_transposed2d.hpp>

#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/autograd/ops/convolution.hpp>
#include <saddle/base/error.hpp>
#include <saddle/nn/activation.hpp>

#include <utility>

namespace saddle::nn {
namespace {

std::size_t output_side(std::size_t side, std::size_t kernel, Geometry geometry) {
  const std::size_t whole = (side - 1) * geometry.stride + kernel;
  if (side == 0 || whole <= 2 * geometry.padding)
    throw PluginError("transposed convolution: a padding of " + std::to_string(geometry.padding) +
                      " leaves nothing of a side of " + std::to_string(side));
  return whole - 2 * geometry.padding;
}

}  // namespace

ConvTransposed2d::ConvTransposed2d(std::size_t in, std::size_t out, std::size_t kernel,
                                   Geometry geometry, Initialiser weight,
                                   const LinearOptions& options)
    : kernel_(kernel),
      geometry_(geometry),
      weight_(parameter("weight", {kernel, kernel, out, in}, std::move(weight))),
      activation_(options.activation) {
  if (options.bias) bias_ = &parameter("bias", {out}, init::constant(0));
  if (options.spectral_norm) spectral_norm_ = &add<SpectralNorm>("spectral_norm", in);
}

ConvTransposed2d::~ConvTransposed2d() = default;

Variable ConvTransposed2d::forward(const Variable& x, Context& context) {
  if (x.shape().size() != 4)
    throw PluginError(
        "transposed convolution: expected images [n, height, width, channels], found " +
        to_text(x.shape()));
  const Sides image = {output_side(x.shape()[1], kernel_, geometry_),
                       output_side(x.shape()[2], kernel_, geometry_)};
  const Variable weight = spectral_norm_ ? (*spectral_norm_)(weight_, context) : weight_;
  const Variable y = convolution_transposed(x, weight, geometry_, image);
  return activate(activation_, bias_ ? y + *bias_ : y);
}

}  // namespace saddle::nn
