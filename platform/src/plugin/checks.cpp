#include "plugin/checks.hpp"

#include <saddle/base/error.hpp>

namespace saddle {
namespace {

void check_finite(const Who& who, const Variable& value, const char* what) {
  if (!all_finite(value.value()))
    throw DivergedError(who.text() + " returned " + what + " that are not finite.");
}

}  // namespace

void check_samples(const Who& who, const Variable& samples, std::size_t count,
                   const Shape& sample) {
  if (samples.shape() != with_rows(count, sample))
    throw AttributedPluginError(who.text() + " must return samples " +
                                to_text(with_rows(count, sample)) + "; it returned " +
                                to_text(samples.shape()) + ".");
  check_finite(who, samples, "samples");
}

void check_logits(const Who& who, const Outputs& outputs, const Shape& input) {
  if (outputs.logits().shape() != Shape{input[0], 1})
    throw AttributedPluginError(who.text() + " must return logits [n, 1] for an input of " +
                                to_text(input) + "; it returned " +
                                to_text(outputs.logits().shape()) + ".");
  check_finite(who, outputs.logits(), "logits");
}

void check_further(const Who& who, const NamedOutputs& outputs,
                   const std::vector<std::string>& offers, std::size_t count) {
  for (const std::string& name : offers)
    if (!outputs.has(name))
      throw AttributedPluginError(who.text() + " offers the output '" + name +
                                  "' and does not return it.");
  for (const auto& [name, value] : outputs.further())
    if (value.shape().empty() || value.shape()[0] != count)
      throw AttributedPluginError(who.text() + " must return further outputs of " +
                                  std::to_string(count) + " rows; '" + std::string(name) + "' is " +
                                  to_text(value.shape()) + ".");
}

}  // namespace saddle
