#include <saddle/nn/conv2d.hpp>

#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/autograd/ops/convolution.hpp>

#include <utility>

namespace saddle::nn {

Conv2d::Conv2d(std::size_t in, std::size_t out, std::size_t kernel, Geometry geometry,
               Initialiser weight, bool with_bias)
    : geometry_(geometry),
      weight_(parameter("weight", {kernel, kernel, in, out}, std::move(weight))) {
  if (with_bias) bias_ = &parameter("bias", {out}, init::constant(0));
}

Conv2d::~Conv2d() = default;

Variable Conv2d::forward(const Variable& x, Context&) {
  const Variable y = convolution(x, weight_, geometry_);
  return bias_ ? y + *bias_ : y;
}

}  // namespace saddle::nn
