#pragma once

#include <saddle/nn/layer.hpp>
#include <saddle/nn/spectral_norm.hpp>

#include <string>

namespace saddle::nn {

struct LinearOptions {
  // A normalisation behind the layer that shifts makes a bias idle.
  bool bias = true;
  bool spectral_norm = false;
  // Of the result; see activation_names().
  std::string activation = "identity";
};

// y = x weight + bias: [n, in] -> [n, out], with weight [in, out] and bias [out], which begins at
// 0; then its activation. With spectral normalisation, weight / sigma(weight) takes the place of
// the weight.
class SADDLE_API Linear final : public Layer {
 public:
  Linear(std::size_t in, std::size_t out, Initialiser weight, const LinearOptions& options = {});
  ~Linear() override;

 protected:
  Variable forward(const Variable& x, Context& context) override;

 private:
  Variable& weight_;
  Variable* bias_ = nullptr;
  SpectralNorm* spectral_norm_ = nullptr;
  std::string activation_;
};

}  // namespace saddle::nn
