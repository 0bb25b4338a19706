#include <saddle/nn/dropout.hpp>

#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/tensor/random.hpp>

#include <cassert>

namespace saddle::nn {

Dropout::Dropout(double rate) : rate_(rate) { assert(rate >= 0 && rate < 1); }

Dropout::~Dropout() = default;

Variable Dropout::forward(const Variable& x, Context& context) {
  if (!context.training()) return x;
  Tensor mask = random_uniform(context.random(), x.shape(), 0, 1, context.first_row());
  for (Scalar& value : mask)
    value = static_cast<double>(value) < rate_ ? 0 : static_cast<Scalar>(1 / (1 - rate_));
  return x * Variable(std::move(mask));
}

}  // namespace saddle::nn
