#pragma once

#include <saddle/nn/layer.hpp>

namespace saddle::nn {

// y = x weight + bias: [n, in] -> [n, out], with weight [in, out] and bias [out], which begins at
// 0.
class SADDLE_API Linear final : public Layer {
 public:
  Linear(std::size_t in, std::size_t out, Initialiser weight);
  ~Linear() override;

 protected:
  Variable forward(const Variable& x, Context& context) override;

 private:
  Variable& weight_;
  Variable& bias_;
};

}  // namespace saddle::nn
