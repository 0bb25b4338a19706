#pragma once

#include <saddle/nn/layer.hpp>

namespace saddle::nn {

// Spectral normalisation of a layer's weight W (Miyato et al. 2018, algorithm 1):
//   W / sigma(W)                                  [..., out] -> the same
// where sigma is the largest singular value of W as a matrix [product of the rest, out]: a kernel
// [kh, kw, in, out] is taken as [kh kw in, out]. sigma(W) = |W u| with the buffer u held constant,
// so that its derivative is that of the paper, v u^T with v = W u / |W u|. A forward of the own
// update first moves u by one step of power iteration, u <- W^T W u / |W^T W u|, from where the
// last update left it: both forwards of an update, on real and on generated samples, meet the same
// weights. Other forwards use u as it stands.
class SADDLE_API SpectralNorm final : public Layer {
 public:
  explicit SpectralNorm(std::size_t out);
  ~SpectralNorm() override;

 protected:
  Variable forward(const Variable& weight, Context& context) override;

 private:
  Buffer& u_;  // [out], of length 1
};

}  // namespace saddle::nn
