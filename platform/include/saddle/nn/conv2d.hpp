#pragma once

#include <saddle/nn/layer.hpp>
#include <saddle/nn/linear.hpp>
#include <saddle/tensor/geometry.hpp>

#include <string>

namespace saddle::nn {

// Convolution of images with square windows: [n, h, w, in] -> [n, oh, ow, out] with
//   oh = floor((h + 2 padding - kernel) / stride) + 1, and ow likewise.
// The weight is [kernel, kernel, in, out] and the bias [out], which begins at 0; then the
// activation. With spectral normalisation, weight / sigma(weight) takes the place of the weight.
class SADDLE_API Conv2d final : public Layer {
 public:
  Conv2d(std::size_t in, std::size_t out, std::size_t kernel, Geometry geometry, Initialiser weight,
         const LinearOptions& options = {});
  ~Conv2d() override;

 protected:
  Variable forward(const Variable& x, Context& context) override;

 private:
  Geometry geometry_;
  Variable& weight_;
  Variable* bias_ = nullptr;
  SpectralNorm* spectral_norm_ = nullptr;
  std::string activation_;
};

}  // namespace saddle::nn
