#pragma once

#include <saddle/nn/layer.hpp>

namespace saddle::nn {

enum class Interpolation { nearest, bilinear };

// Larger images: [n, h, w, c] -> [n, h factor, w factor, c].
class SADDLE_API Upsample final : public Layer {
 public:
  explicit Upsample(std::size_t factor, Interpolation interpolation = Interpolation::nearest);
  ~Upsample() override;

 protected:
  Variable forward(const Variable& x, Context& context) override;

 private:
  std::size_t factor_;
  Interpolation interpolation_;
};

}  // namespace saddle::nn
