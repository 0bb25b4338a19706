#include "optim/optimizer.hpp"

#include "tensor/kernels.hpp"
#include "tensor/parallel.hpp"

#include <cassert>
#include <iterator>

namespace saddle {
namespace {

// The numbers that one thread updates at a time; they are still in its cache when their squares are
// gathered.
constexpr std::size_t kGrain = 8192;

}  // namespace

Optimizer::~Optimizer() = default;

UpdateSquares& UpdateSquares::operator+=(const UpdateSquares& other) {
  before += other.before;
  gradient += other.gradient;
  after += other.after;
  change += other.change;
  return *this;
}

Tensor Optimizer::step(const Tensor& parameter, const Tensor& gradient, Tensors& slots,
                       std::int64_t update, double rate, UpdateSquares* squares) const {
  return pass(*kernel(update, rate, 1), parameter, gradient, slots, squares);
}

Tensor Optimizer::change(const Tensor& parameter, const Tensor& gradient, Tensors& slots,
                         std::int64_t update, double rate, UpdateSquares* squares) const {
  return pass(*kernel(update, rate, 0), parameter, gradient, slots, squares);
}

Tensor Optimizer::pass(const Kernel& kernel, const Tensor& parameter, const Tensor& gradient,
                       Tensors& slots, UpdateSquares* squares) const {
  assert(parameter.shape() == gradient.shape() && slots.size() <= std::size(Numbers{}.slots));
  Tensor out = empty(parameter.shape());
  PoolVector<UpdateSquares> parts(squares ? (out.size() + kGrain - 1) / kGrain : 0);
  kernels::for_ranges(out.size(), kGrain, [&](std::size_t begin, std::size_t end) {
    Numbers numbers{
        end - begin, parameter.data() + begin, gradient.data() + begin, {}, out.data() + begin};
    for (std::size_t i = 0; i < slots.size(); ++i) numbers.slots[i] = slots[i].data() + begin;
    kernel.run(numbers);
    if (squares)
      parts[begin / kGrain] = {
          kernels::sum_of_squares(numbers.parameter, numbers.count),
          kernels::sum_of_squares(numbers.gradient, numbers.count),
          kernels::sum_of_squares(numbers.out, numbers.count),
          kernels::sum_of_squares(numbers.out, numbers.parameter, numbers.count)};
  });
  for (const UpdateSquares& part : parts) *squares += part;
  return out;
}

}  // namespace saddle
