#pragma once

#include <saddle/nn/layer.hpp>
#include <saddle/tensor/geometry.hpp>

namespace saddle::nn {

// The largest number of each square window: [n, h, w, c] -> [n, oh, ow, c] with
//   oh = floor((h + 2 padding - window) / stride) + 1, and ow likewise.
class SADDLE_API MaxPool final : public Layer {
 public:
  // Windows that do not overlap.
  explicit MaxPool(std::size_t window);
  MaxPool(std::size_t window, Geometry geometry);
  ~MaxPool() override;

 protected:
  Variable forward(const Variable& x, Context& context) override;

 private:
  std::size_t window_;
  Geometry geometry_;
};

}  // namespace saddle::nn
