#include "experiment/plugin_check/bits.hpp"
#include "experiment/plugin_check/module.hpp"

#include <limits>

namespace saddle::plugin_check {
namespace {

constexpr std::size_t kRows = 4, kRow = 1;

// The inputs with one row of one of them changed: moved, or replaced by NaN.
Variables changed(const Fit& fit, std::size_t input, bool to_nan) {
  Tensors inputs = fit.inputs(kRows);
  Tensor& value = inputs[input];
  const std::size_t width = value.size() / kRows;
  for (std::size_t i = kRow * width; i < (kRow + 1) * width; ++i)
    value.data()[i] = to_nan ? std::numeric_limits<Scalar>::quiet_NaN() : value.data()[i] + 3;
  return as_leaves(inputs);
}

// Numbers of outputs that an input reaches.
std::vector<std::size_t> reached(const Instance& instance, const Fit& fit, std::size_t input) {
  const auto before = instance.call(as_leaves(fit.inputs(kRows)), Pass::evaluation);
  const auto after = instance.call(changed(fit, input, false), Pass::evaluation);
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < before.size() && i < after.size(); ++i)
    if (!same_row(before[i].value(), after[i].value(), kRows, kRow)) found.push_back(i);
  return found;
}

// Whether a finite number comes out where NaN went in.
bool hides_nan(const Instance& instance, const Fit& fit, std::size_t input) {
  const std::vector<std::size_t> outputs = reached(instance, fit, input);
  Variables found;
  try {
    found = instance.call(changed(fit, input, true), Pass::evaluation);
  } catch (const std::exception&) {
    return false;
  }
  for (const std::size_t output : outputs)
    if (finite_row(found[output].value(), kRows, kRow)) return true;
  return false;
}

}  // namespace

Outcome check_nan(const std::vector<Fit>& fits) {
  for (const Fit& fit : fits) {
    const Instance instance = fit.make(1);
    for (std::size_t input = 0; input < fit.input_names.size(); ++input)
      if (hides_nan(instance, fit, input))
        return failed_with("NaN in " + fit.input_names[input] + " comes out as finite numbers",
                           fit);
  }
  return ok("not finite, or an error");
}

}  // namespace saddle::plugin_check
