#pragma once

#include <saddle/nn/layer.hpp>

namespace saddle::nn {

// The largest of each unit's pieces (Goodfellow et al. 2013, equation 2):
//   y_k = max over p of x_(p units + k)                          [..., pieces units] -> [...,
//   units]
// Behind a Linear to pieces times units it makes the units of PacGAN's discriminator.
class SADDLE_API Maxout final : public Layer {
 public:
  explicit Maxout(std::size_t pieces);
  ~Maxout() override;

 protected:
  // Throws PluginError where the last axis is no multiple of the pieces.
  Variable forward(const Variable& x, Context& context) override;

 private:
  std::size_t pieces_;
};

}  // namespace saddle::nn
