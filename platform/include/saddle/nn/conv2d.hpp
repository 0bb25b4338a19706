#pragma once

#include <saddle/nn/layer.hpp>
#include <saddle/tensor/geometry.hpp>

namespace saddle::nn {

// Convolution of images with square windows: [n, h, w, in] -> [n, oh, ow, out] with
//   oh = floor((h + 2 padding - kernel) / stride) + 1, and ow likewise.
// The weight is [kernel, kernel, in, out] and the bias [out], which begins at 0. A bias before a
// normalisation that takes the mean off does nothing and may be left out.
class SADDLE_API Conv2d final : public Layer {
 public:
  Conv2d(std::size_t in, std::size_t out, std::size_t kernel, Geometry geometry, Initialiser weight,
         bool with_bias = true);
  ~Conv2d() override;

 protected:
  Variable forward(const Variable& x, Context& context) override;

 private:
  Geometry geometry_;
  Variable& weight_;
  Variable* bias_ = nullptr;
};

}  // namespace saddle::nn
