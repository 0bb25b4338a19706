#include <saddle/plugin/zero_centred_penalty.hpp>

#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/autograd/ops/math.hpp>
#include <saddle/autograd/ops/reduce.hpp>
#include <saddle/plugin/logit_gradients.hpp>

namespace saddle {

void ZeroCentredPenalty::Options::describe(Schema& s) {
  s.field(&Options::gamma, "gamma",
          "the penalty is gamma / 2 E |grad D|^2; conventions without the 1/2 give half of this")
      .range(0, 1e6);
}

ZeroCentredPenalty::~ZeroCentredPenalty() = default;

Variable ZeroCentredPenalty::penalty(const Outputs& outputs, const Variable& inputs,
                                     Round& round) const {
  const Variable squared_norm = mean(sum_rows(square(logit_gradients(outputs, inputs))));
  round.log("squared-norm", squared_norm.item());
  return (gamma_ / 2) * squared_norm;
}

}  // namespace saddle
