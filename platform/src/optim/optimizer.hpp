#pragma once

#include <saddle/autograd/variable.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace saddle {

// One update rule of a single tensor. It keeps no state of its own: `slots` (moments and the like,
// zeros at first) belong to the caller, so that an update may be unrolled, stored and repeated.
class Optimizer {
 public:
  virtual ~Optimizer();
  virtual const std::vector<std::string>& slot_names() const = 0;

  // The new parameter; advances the slots. `update` counts from 1. The two forms agree: the fused
  // one is a single pass over memory, the one in ops can be differentiated.
  Tensor step(const Tensor& parameter, const Tensor& gradient, std::vector<Tensor>& slots,
              std::int64_t update, double rate) const {
    return fused(parameter, gradient, slots, update, rate, 1);
  }
  virtual Variable step(const Variable& parameter, const Variable& gradient,
                        std::vector<Variable>& slots, std::int64_t update, double rate) const = 0;
  // What step() would add to the parameter, without the rounding of the sum.
  Tensor change(const Tensor& parameter, const Tensor& gradient, std::vector<Tensor>& slots,
                std::int64_t update, double rate) const {
    return fused(parameter, gradient, slots, update, rate, 0);
  }

 protected:
  // `share` times the parameter, plus the change.
  virtual Tensor fused(const Tensor& parameter, const Tensor& gradient, std::vector<Tensor>& slots,
                       std::int64_t update, double rate, double share) const = 0;
};

}  // namespace saddle
