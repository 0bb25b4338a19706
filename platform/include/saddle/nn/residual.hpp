#pragma once

#include <saddle/nn/layer.hpp>

namespace saddle::nn {

// y = body(x) + x, or + shortcut(x) where body changes the shape (He et al. 2016, equations 1 and
// 2). The body's tensors are called as if they were the block's own, the shortcut's "shortcut...".
class SADDLE_API Residual final : public Layer {
 public:
  explicit Residual(std::unique_ptr<Layer> body, std::unique_ptr<Layer> shortcut = nullptr);
  ~Residual() override;

 protected:
  Variable forward(const Variable& x, Context& context) override;

 private:
  Layer& body_;
  Layer* shortcut_;
};

}  // namespace saddle::nn
