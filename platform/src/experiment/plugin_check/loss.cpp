#include <saddle/base/error.hpp>

#include "experiment/plugin_check/game.hpp"
#include "experiment/plugin_check/module.hpp"
#include "experiment/plugin_check/options.hpp"
#include "experiment/plugin_check/setups.hpp"

#include <algorithm>
#include <utility>

namespace saddle::plugin_check {
namespace {

using Plugin = OpenPlugin<kinds::loss>;

// One of the objectives that a loss may have.
struct Objective {
  const char* name;
  bool Loss::Objectives::*declared;
  Variable (Loss::*value)(Round&);
  Player round;  // whose update it belongs to
};

const std::vector<Objective>& all_objectives() {
  static const std::vector<Objective> all = {
      {"discriminator", &Loss::Objectives::discriminator, &Loss::discriminator,
       Player::discriminator},
      {"generator", &Loss::Objectives::generator, &Loss::generator, Player::generator},
      {"own", &Loss::Objectives::own, &Loss::own, Player::discriminator}};
  return all;
}

// A loss and the players that it is checked with.
struct Scene {
  Scene(const Plugin& plugin, const Shapes& shapes, std::uint64_t seed)
      : name(plugin.note.name),
        described(plugin.described()),
        loss(make_instance(plugin, shapes)),
        game(shapes) {
    loss->initialise(check_stream("init", seed));
    for (const SeriesInfo& info : loss->series()) series.push_back(info.name);
    for (const Objective& objective : all_objectives())
      if (loss->objectives().*objective.declared) objectives.push_back(objective);
  }

  // `inputs`: real samples, then the parts of the latent.
  Variable value(const Objective& objective, const Variables& inputs) {
    const auto round = game.round(objective.round, inputs[0], {inputs.begin() + 1, inputs.end()});
    round->enter_term(name, series);
    const std::string who = described + " (" + objective.name + " objective)";
    return guarded(who, [&] { return (loss.get()->*objective.value)(*round); });
  }

  // What the objective trains.
  Module& trained(const Objective& objective) {
    if (objective.declared == &Loss::Objectives::own) return *loss;
    if (objective.declared == &Loss::Objectives::generator) return game.generator();
    return game.discriminator();
  }

  std::string name, described;
  std::unique_ptr<Loss> loss;
  Game game;
  std::vector<std::string> series;
  std::vector<Objective> objectives;
};

Instance make(const Plugin& plugin, const Shapes& shapes, std::uint64_t seed) {
  const auto scene = std::make_shared<Scene>(plugin, shapes, seed);
  const auto call = [scene](const Variables& inputs, Pass) {
    Variables values;
    for (const Objective& objective : scene->objectives)
      values.push_back(scene->value(objective, inputs));
    return values;
  };
  return {std::shared_ptr<Module>(scene, scene->loss.get()), call};
}

// What the host calls beside the objectives: shapes of a gradient taken apart, and the hook after
// an update.
void verify_hooks(const Plugin& plugin, const Shapes& shapes) {
  Scene scene(plugin, shapes, 1);
  for (const Player player : {Player::discriminator, Player::generator}) {
    Module& module = player == Player::discriminator
                         ? static_cast<Module&>(scene.game.discriminator())
                         : scene.game.generator();
    Tensors gradients;
    for (const Point& point : parameter_points(module)) gradients.push_back(point.value);
    guarded({plugin.described(), "after_update"},
            [&] { scene.loss->after_update(player, module); });
    const Tensors combined = guarded({plugin.described(), "combine"}, [&] {
      return scene.loss->combine(player, gradients, gradients);
    });
    bool fits = combined.size() == gradients.size();
    for (std::size_t i = 0; fits && i < combined.size(); ++i)
      fits = combined[i].shape() == gradients[i].shape();
    if (!fits)
      throw PluginError(plugin.described() +
                        " (combine) must return gradients of the shapes that "
                        "it was given.");
  }
}

void verify(const Plugin& plugin, const Shapes& shapes, const Variables& outputs) {
  if (outputs.empty()) throw PluginError(plugin.described() + " declares no objective.");
  for (const Variable& value : outputs) {
    if (value.size() != 1)
      throw PluginError(plugin.described() + " must return a scalar []; it returned " +
                        to_text(value.shape()) + ".");
    if (!all_finite(value.value()))
      throw PluginError(plugin.described() + " returned an objective that is not finite.");
  }
  verify_hooks(plugin, shapes);
}

Tensors draw_inputs(const Shapes& shapes, std::size_t n) {
  Tensors inputs = {draw("samples", with_rows(n, shapes.sample))};
  for (Tensor& part : draw_latent(shapes, n)) inputs.push_back(std::move(part));
  return inputs;
}

// One sample has no spread, and a loss may refuse more.
const std::vector<std::size_t> kBatches = {2, 5, 8};

// The shapes with the smallest batch that the loss takes.
Shapes with_batch(const Plugin& plugin, Shapes shapes) {
  for (const std::size_t batch : kBatches) {
    shapes.batch = batch;
    try {
      make_instance(plugin, shapes);
      break;
    } catch (const SpecError&) {
      if (batch == kBatches.back()) throw;
    }
  }
  return shapes;
}

Fit fit_of(const Plugin& plugin, const Shapes& any_batch) {
  const Shapes shapes = with_batch(plugin, any_batch);
  const auto loss = make_instance(plugin, shapes);
  for (const std::string& need : loss->needs())
    if (!game_offers(need))
      throw Skip("it needs '" + need + "', which the check's discriminator does not offer");
  for (const std::string& need : loss->needs_of_generator())
    if (!game_generator_offers(need))
      throw Skip("it needs '" + need + "', which the check's generator does not offer");
  std::vector<std::string> names = {"real samples"};
  for (const LatentPart& part : shapes.parts) names.push_back("latent part '" + part.name + "'");
  return {
      describe(shapes),
      shapes,
      std::move(names),
      [shapes](std::size_t n) { return draw_inputs(shapes, n); },
      [plugin, shapes](std::uint64_t seed) { return make(plugin, shapes, seed); },
      [plugin, shapes](const Variables& outputs, std::size_t) { verify(plugin, shapes, outputs); },
      {std::lower_bound(kBatches.begin(), kBatches.end(), shapes.batch), kBatches.end()}};
}

std::vector<Fit> find_fits(const Candidate& candidate) {
  const Plugin plugin = open_candidate<kinds::loss>(candidate);
  return fits_among(game_shapes(), [&](const Shapes& shapes) { return fit_of(plugin, shapes); });
}

GradientVerdict judge_objective(Scene& scene, const Objective& objective, const Variables& inputs) {
  Module& trained = scene.trained(objective);
  return judge_gradient(parameter_points(trained), [&](const Variables& leaves) {
    const Substitution here(trained, leaves);
    return Variables{scene.value(objective, inputs)};
  });
}

// Each objective with respect to what it trains.
Outcome check_gradients(const Candidate& candidate) {
  const Plugin plugin = open_candidate<kinds::loss>(candidate);
  std::string summary;
  for (const Fit& fit : typical(find_fits(candidate))) {
    Scene scene(plugin, fit.shapes, 1);
    const Variables inputs = as_leaves(fit.inputs(5));
    for (const Objective& objective : scene.objectives) {
      const GradientVerdict verdict = judge_objective(scene, objective, inputs);
      const std::string name = objective.name + std::string(" objective");
      if (!verdict.mismatch.empty()) return failed_with(name + ", " + verdict.mismatch, fit);
      summary += (summary.empty() ? "" : "; ") + fit.setup + ", " + name + ": " + verdict.summary();
    }
  }
  return ok("against central differences, " + summary);
}

}  // namespace

std::vector<Check> loss_checks() {
  std::vector<Check> checks = {module_shapes(find_fits), {"gradients", check_gradients}};
  for (Check& check : module_checks(find_fits)) checks.push_back(std::move(check));
  return checks;
}

}  // namespace saddle::plugin_check
