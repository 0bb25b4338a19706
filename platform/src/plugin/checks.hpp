#pragma once

#include <saddle/plugin/discriminator.hpp>
#include <saddle/tensor/tensor.hpp>

#include "plugin/guard.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace saddle {

// Check what a network returned. Another shape than its contract says is a PluginError, a value
// that is not finite a DivergedError; both begin with `who`.
void check_samples(const Who& who, const Variable& samples, std::size_t count, const Shape& sample);
void check_logits(const Who& who, const Outputs& outputs, const Shape& input);
// All that a plugin offers is there, and each further output has `count` rows.
void check_further(const Who& who, const NamedOutputs& outputs,
                   const std::vector<std::string>& offers, std::size_t count);

}  // namespace saddle
