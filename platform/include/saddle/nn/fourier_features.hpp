#pragma once

#include <saddle/nn/layer.hpp>

namespace saddle::nn {

// The input beside cosines of random projections of it: [n, in] -> [n, in + count], where feature k
// is sqrt(2) cos(2 pi f_k d_k . x + b_k) with log-spaced frequencies f from `low` to `high`, random
// unit directions d and phases b (Rahimi and Recht 2007; Tancik et al. 2020). They are not trained.
// Targets much sharper than the data's extent need them.
class SADDLE_API FourierFeatures final : public Layer {
 public:
  FourierFeatures(std::size_t in, std::size_t count, double low, double high);
  ~FourierFeatures() override;

 protected:
  Variable forward(const Variable& x, Context& context) override;

 private:
  Buffer& projection_;  // [in, count]
  Buffer& phase_;       // [count]
};

}  // namespace saddle::nn
