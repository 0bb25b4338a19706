#include <saddle/autograd/grad.hpp>
#include <saddle/autograd/ops/math.hpp>
#include <saddle/autograd/ops/reduce.hpp>
#include <saddle/base/error.hpp>

#include "experiment/plugin_check/bits.hpp"
#include "experiment/plugin_check/module.hpp"
#include "experiment/plugin_check/options.hpp"
#include "experiment/plugin_check/setups.hpp"
#include "plugin/checks.hpp"

#include <algorithm>

namespace saddle::plugin_check {
namespace {

using Plugin = OpenPlugin<kinds::discriminator>;

// The logits, then the further outputs in the order of their names.
Instance make(const Plugin& plugin, const Shapes& shapes, std::uint64_t seed) {
  const std::shared_ptr<Discriminator> network = make_instance(plugin, shapes);
  network->initialise(check_stream("init", seed));
  const auto call = [network, shapes, plugin](const Variables& inputs, Pass pass) {
    const Batch batch{inputs[0], draw_labels(shapes, inputs[0].shape()[0])};
    Context context = check_context(pass);
    const Outputs outputs =
        guarded({plugin.described(), "forward"}, [&] { return network->forward(batch, context); });
    check_further(plugin.described(), outputs, plugin.offers(), inputs[0].shape()[0]);
    Variables found = {outputs.logits()};
    for (const auto& [name, value] : outputs.further()) found.push_back(value);
    return found;
  };
  return {network, call};
}

Fit fit_of(const Plugin& plugin, const Shapes& shapes) {
  make_instance(plugin, shapes);
  return {describe_input(shapes),
          shapes,
          {"the input"},
          [shapes](std::size_t n) { return Tensors{draw("samples", with_rows(n, shapes.input))}; },
          [plugin, shapes](std::uint64_t seed) { return make(plugin, shapes, seed); },
          [plugin, shapes](const Variables& outputs, std::size_t n) {
            check_logits(plugin.described(), Outputs(outputs[0]), with_rows(n, shapes.input));
          }};
}

std::vector<Fit> find_fits(const Candidate& candidate) {
  const Plugin plugin = open_candidate<kinds::discriminator>(candidate);
  return fits_among(discriminator_shapes(),
                    [&](const Shapes& shapes) { return fit_of(plugin, shapes); });
}

// The gradient of the squared norm of the input gradient, which gradient penalties descend.
Outcome check_second_order(const Candidate& candidate) {
  std::string summary;
  for (const Fit& fit : typical(find_fits(candidate))) {
    const Instance instance = fit.make(1);
    std::vector<Point> points = parameter_points(*instance.module);
    points.push_back({fit.input_names[0], fit.inputs(2)[0]});
    const Function penalty = [&](const Variables& leaves) {
      const Substitution here(*instance.module, {leaves.begin(), leaves.end() - 1});
      const Variable logits = instance.call({leaves.back()}, Pass::frozen)[0];
      const Variable gradient = grad(sum(logits), {leaves.back()}, {true})[0];
      return Variables{sum(square(gradient))};
    };
    const GradientVerdict verdict = judge_gradient(points, penalty);
    if (!verdict.mismatch.empty())
      return failed_with("squared input gradient, " + verdict.mismatch, fit);
    summary += (summary.empty() ? "" : "; ") + fit.setup + ": " + verdict.summary();
  }
  return ok("squared input gradient, " + summary);
}

// The host joins real and generated samples where the discriminator says that it mixes none.
Outcome check_one_pass(const Candidate& candidate) {
  constexpr std::size_t kHalf = 3, kBoth = 2 * kHalf;
  for (const Fit& fit : typical(find_fits(candidate))) {
    const Instance instance = fit.make(1);
    if (dynamic_cast<const Discriminator&>(*instance.module).mixes_samples())
      return ok("mixes samples, and says so");
    const Tensor x = fit.inputs(kBoth)[0];
    Tensor other = x;
    for (std::size_t i = x.size() / 2; i < x.size(); ++i) other.data()[i] = -x.data()[i];
    const auto before = instance.call({Variable(x)}, Pass::training);
    const auto after = instance.call({Variable(other)}, Pass::training);
    for (std::size_t k = 0; k < before.size(); ++k)
      for (std::size_t row = 0; row < kHalf; ++row)
        if (!same_row(before[k].value(), after[k].value(), kBoth, row))
          return failed_with(
              "mixes_samples() is false, and a sample changes what comes out for another", fit);
  }
  return ok("no sample changes what comes out for another");
}

}  // namespace

std::vector<Check> discriminator_checks() {
  std::vector<Check> checks = {module_shapes(find_fits),
                               module_gradients(find_fits),
                               {"second-order", check_second_order},
                               {"one-pass", check_one_pass}};
  for (Check& check : module_checks(find_fits)) checks.push_back(std::move(check));
  return checks;
}

}  // namespace saddle::plugin_check
