#pragma once

#include <saddle/nn/layer.hpp>
#include <saddle/nn/linear.hpp>
#include <saddle/tensor/geometry.hpp>

#include <string>

namespace saddle::nn {

// Transposed convolution of images with square windows: [n, h, w, in] -> [n, oh, ow, out] with
//   oh = (h - 1) stride + kernel - 2 padding, and ow likewise:
// the smallest images of which a Conv2d of the same geometry makes [n, h, w, in]. Kernel 4, stride
// 2 and padding 1 double the sides. The weight is [kernel, kernel, out, in], as that Conv2d has it,
// and the bias [out], which begins at 0; then the activation. With spectral normalisation, weight /
// sigma(weight) takes the place of the weight, as a matrix [kernel kernel out, in].
class SADDLE_API ConvTransposed2d final : public Layer {
 public:
  ConvTransposed2d(std::size_t in, std::size_t out, std::size_t kernel, Geometry geometry,
                   Initialiser weight, const LinearOptions& options = {});
  ~ConvTransposed2d() override;

 protected:
  // Throws PluginError where the padding leaves nothing of the output.
  Variable forward(const Variable& x, Context& context) override;

 private:
  std::size_t kernel_;
  Geometry geometry_;
  Variable& weight_;
  Variable* bias_ = nullptr;
  SpectralNorm* spectral_norm_ = nullptr;
  std::string activation_;
};

}  // namespace saddle::nn
