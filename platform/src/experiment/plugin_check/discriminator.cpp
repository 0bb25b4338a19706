#include <saddle/autograd/grad.hpp>
#include <saddle/autograd/ops/math.hpp>
#include <saddle/autograd/ops/reduce.hpp>
#include <saddle/base/error.hpp>

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
  const auto call = [network, shapes, plugin](const std::vector<Variable>& inputs, Pass pass) {
    const Batch batch{inputs[0], draw_labels(shapes, inputs[0].shape()[0])};
    Context context = check_context(pass);
    const Outputs outputs = guarded(plugin.described() + " (forward)",
                                    [&] { return network->forward(batch, context); });
    check_further(plugin.described(), outputs, plugin.offers(), inputs[0].shape()[0]);
    std::vector<Variable> found = {outputs.logits()};
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
          [shapes](std::size_t n) {
            return std::vector<Tensor>{draw("samples", with_rows(n, shapes.input))};
          },
          [plugin, shapes](std::uint64_t seed) { return make(plugin, shapes, seed); },
          [plugin, shapes](const std::vector<Variable>& outputs, std::size_t n) {
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
    const Function penalty = [&](const std::vector<Variable>& leaves) {
      const Substitution here(*instance.module, {leaves.begin(), leaves.end() - 1});
      const Variable logits = instance.call({leaves.back()}, Pass::frozen)[0];
      const Variable gradient = grad(sum(logits), {leaves.back()}, {true})[0];
      return std::vector<Variable>{sum(square(gradient))};
    };
    const GradientVerdict verdict = judge_gradient(points, penalty);
    if (!verdict.mismatch.empty())
      return failed_with("squared input gradient, " + verdict.mismatch, fit);
    summary += (summary.empty() ? "" : "; ") + fit.setup + ": " + verdict.summary();
  }
  return ok("squared input gradient, " + summary);
}

}  // namespace

std::vector<Check> discriminator_checks() {
  std::vector<Check> checks = {
      module_shapes(find_fits), module_gradients(find_fits), {"second-order", check_second_order}};
  for (Check& check : module_checks(find_fits)) checks.push_back(std::move(check));
  return checks;
}

}  // namespace saddle::plugin_check
