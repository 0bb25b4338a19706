#pragma once

#include <saddle/autograd/variable.hpp>
#include <saddle/plugin/discriminator.hpp>

namespace saddle {

// The gradient of each sample's logit with respect to that sample, for penalties: outputs of the
// discriminator on inputs [n, input...] -> [n, input...], with history. The samples of a batch do
// not mix in the discriminator, or are meant to: then what a sample does to the others' logits is
// part of its gradient. The inputs must be tracked, as those of Round::inputs are.
Variable logit_gradients(const Outputs& outputs, const Variable& inputs);

}  // namespace saddle
