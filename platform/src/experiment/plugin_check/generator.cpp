#include "experiment/plugin_check/module.hpp"
#include "experiment/plugin_check/options.hpp"
#include "experiment/plugin_check/setups.hpp"
#include "plugin/checks.hpp"

namespace saddle::plugin_check {
namespace {

using Plugin = OpenPlugin<kinds::generator>;

// The samples, then the further outputs in the order of their names.
Instance make(const Plugin& plugin, const Shapes& shapes, std::uint64_t seed) {
  const std::shared_ptr<Generator> generator = make_instance(plugin, shapes);
  generator->initialise(check_stream("init", seed));
  const auto call = [generator, parts = shapes.parts, plugin](const Variables& inputs, Pass pass) {
    Latent::Parts named;
    for (std::size_t i = 0; i < inputs.size(); ++i) named.emplace_back(parts[i].name, inputs[i]);
    const Latent latent(std::move(named));
    Context context = check_context(pass);
    const Samples made = guarded({plugin.described(), "forward"},
                                 [&] { return generator->forward(latent, context); });
    check_further(plugin.described(), made, plugin.offers(), latent.count());
    Variables found = {made.x()};
    for (const auto& [name, value] : made.further()) found.push_back(value);
    return found;
  };
  return {generator, call};
}

Fit fit_of(const Plugin& plugin, const Shapes& shapes) {
  make_instance(plugin, shapes);
  std::vector<std::string> names;
  for (const LatentPart& part : shapes.parts) names.push_back("latent part '" + part.name + "'");
  return {describe(shapes),
          shapes,
          std::move(names),
          [shapes](std::size_t n) { return draw_latent(shapes, n); },
          [plugin, shapes](std::uint64_t seed) { return make(plugin, shapes, seed); },
          [plugin, shapes](const Variables& outputs, std::size_t n) {
            check_samples(plugin.described(), outputs[0], n, shapes.sample);
          }};
}

std::vector<Fit> find_fits(const Candidate& candidate) {
  const Plugin plugin = open_candidate<kinds::generator>(candidate);
  return fits_among(generator_shapes(),
                    [&](const Shapes& shapes) { return fit_of(plugin, shapes); });
}

}  // namespace

std::vector<Check> generator_checks() {
  std::vector<Check> checks = {module_shapes(find_fits), module_gradients(find_fits)};
  for (Check& check : module_checks(find_fits)) checks.push_back(std::move(check));
  return checks;
}

}  // namespace saddle::plugin_check
