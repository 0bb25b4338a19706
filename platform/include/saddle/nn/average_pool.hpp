#pragma once

#include <saddle/nn/layer.hpp>

namespace saddle::nn {

// Means over square windows that tile the image: [n, h, w, c] -> [n, h / window, w / window, c].
class SADDLE_API AveragePool final : public Layer {
 public:
  explicit AveragePool(std::size_t window);
  ~AveragePool() override;

 protected:
  // Throws PluginError where the windows do not tile.
  Variable forward(const Variable& x, Context& context) override;

 private:
  std::size_t window_;
};

}  // namespace saddle::nn
