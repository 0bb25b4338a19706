#pragma once

#include <saddle/nn/layer.hpp>

namespace saddle::nn {

// In training, each element is 0 with probability `rate` and divided by 1 - rate otherwise; in
// evaluation nothing changes (Srivastava et al. 2014, scaled in training). [n, ...] -> the same.
class SADDLE_API Dropout final : public Layer {
 public:
  // 0 <= rate < 1.
  explicit Dropout(double rate);
  ~Dropout() override;

 protected:
  Variable forward(const Variable& x, Context& context) override;

 private:
  double rate_;
};

}  // namespace saddle::nn
