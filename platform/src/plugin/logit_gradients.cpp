#include <saddle/plugin/logit_gradients.hpp>

#include <saddle/autograd/grad.hpp>
#include <saddle/autograd/ops/reduce.hpp>

namespace saddle {

Variable logit_gradients(const Outputs& outputs, const Variable& inputs) {
  // The gradient of the sum holds, row by row, the gradients of all samples.
  return grad(sum(outputs.logits()), {inputs}, {true})[0];
}

}  // namespace saddle
