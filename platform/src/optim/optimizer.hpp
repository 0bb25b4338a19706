#pragma once

#include <saddle/autograd/variable.hpp>
#include <saddle/base/pool.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace saddle {

// What an update was, as sums of squares; not finite where one of the numbers is not.
struct UpdateSquares {
  double before = 0, gradient = 0, after = 0, change = 0;
  UpdateSquares& operator+=(const UpdateSquares& other);
};

// One update rule of a single tensor. It keeps no state of its own: `slots` (moments and the like,
// zeros at first) belong to the caller, so that an update may be unrolled, stored and repeated.
class Optimizer {
 public:
  virtual ~Optimizer();
  virtual const std::vector<std::string>& slot_names() const = 0;

  // The new parameter; advances the slots. `update` counts from 1. The two forms agree: the fused
  // one is a single pass over memory, which adds to `squares` too where it is given; the one in ops
  // can be differentiated.
  Tensor step(const Tensor& parameter, const Tensor& gradient, Tensors& slots, std::int64_t update,
              double rate, UpdateSquares* squares = nullptr) const;
  virtual Variable step(const Variable& parameter, const Variable& gradient, Variables& slots,
                        std::int64_t update, double rate) const = 0;
  // What step() would add to the parameter, without the rounding of the sum; so is `after`.
  Tensor change(const Tensor& parameter, const Tensor& gradient, Tensors& slots,
                std::int64_t update, double rate, UpdateSquares* squares = nullptr) const;

 protected:
  // A range of the numbers of a parameter and of what belongs to them.
  struct Numbers {
    std::size_t count;
    const Scalar *parameter, *gradient;
    // As many as there are slots.
    Scalar* slots[3];
    Scalar* out;
  };
  // What is done with each range in one update; unlike a std::function, in the pool's memory.
  struct Kernel : Pooled {
    virtual ~Kernel() = default;
    virtual void run(const Numbers& numbers) const = 0;
  };
  // out = `share` times the parameter, plus the change; advances the slots.
  virtual std::unique_ptr<Kernel> kernel(std::int64_t update, double rate, double share) const = 0;
  // The kernel that calls `function`.
  template <class Function>
  static std::unique_ptr<Kernel> make_kernel(Function function) {
    struct Made final : Kernel {
      explicit Made(Function f) : call(std::move(f)) {}
      void run(const Numbers& numbers) const override { call(numbers); }
      Function call;
    };
    return std::make_unique<Made>(std::move(function));
  }

 private:
  Tensor pass(const Kernel& kernel, const Tensor& parameter, const Tensor& gradient, Tensors& slots,
              UpdateSquares* squares) const;
};

}  // namespace saddle
