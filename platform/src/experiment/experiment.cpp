#include "experiment/experiment.hpp"

#include <saddle/autograd/ops/layout.hpp>
#include <saddle/base/error.hpp>

#include "base/text.hpp"
#include "experiment/initial_weights.hpp"
#include "experiment/partners.hpp"
#include "experiment/run_tables.hpp"
#include "plugin/checks.hpp"
#include "plugin/guard.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <utility>

namespace saddle {
namespace {

template <class Kind>
auto make(const OpenPlugin<Kind>& plugin, const typename Kind::Setup& setup) {
  try {
    return guarded({plugin.described(), "constructor"},
                   [&] { return plugin.factory->make(plugin.options.get(), setup); });
  } catch (const SpecError& error) {
    throw SpecError(plugin.place + plugin.described() + ": " + error.what());
  }
}

// Where data files of a relative path are looked for.
std::vector<std::string> data_folders(const Spec& spec) {
  namespace fs = std::filesystem;
  std::vector<std::string> folders = {spec.folder};
  folders.insert(folders.end(), spec.base_folders.begin(), spec.base_folders.end());
  if (const char* folder = std::getenv("SADDLE_DATA_DIR"); folder && *folder)
    folders.emplace_back(folder);
  // The data folder of a source tree stands beside the experiments.
  for (fs::path at = spec.folder; at.has_relative_path(); at = at.parent_path())
    if (fs::is_directory(at / "data") && fs::is_directory(at / "experiments"))
      folders.push_back((at / "data").string());
  return folders;
}

// What everything else relies on.
void check_dataset(const Experiment& made) {
  const std::string who = made.spec.dataset.described();
  if (made.dataset->size(Split::train) == 0)
    throw AttributedPluginError(who + " must hold samples to train on; it holds none.");
  const Shape shape = made.dataset->sample_shape();
  if (shape.empty() || element_count(shape) == 0)
    throw AttributedPluginError(who + " must hold samples of at least one number; their shape is " +
                                to_text(shape) + ".");
}

Shapes shapes_of(const Experiment& made) {
  Shapes shapes;
  shapes.parts = made.latents.parts();
  std::size_t total = 0;
  for (const LatentPart& part : shapes.parts) total += part.size;
  shapes.latent = {total};
  shapes.sample = made.dataset->sample_shape();
  shapes.input = shapes.sample;
  shapes.input.back() *= made.spec.train.packing;
  shapes.classes = made.dataset->classes();
  shapes.batch = made.spec.train.batch * made.spec.train.packing;
  return shapes;
}

constexpr std::int64_t kMostSamples = std::int64_t{1} << 60;

std::int64_t run_length(const Spec& spec, const Dataset& dataset) {
  const TrainSpec& train = spec.train;
  std::int64_t steps = train.steps.value_or(0);
  if (train.epochs) {
    const auto in_step =
        static_cast<std::int64_t>(train.batch * train.packing) * train.batches_in_step();
    const auto size = static_cast<std::int64_t>(dataset.size(Split::train));
    if (*train.epochs > kMostSamples / size)
      throw SpecError(spec.place({"train", "epochs"}) +
                      "train.epochs: " + std::to_string(*train.epochs) + " passes over " +
                      std::to_string(size) + " samples are more than " +
                      std::to_string(kMostSamples) + " samples. Take fewer.");
    const std::int64_t needed = (size * *train.epochs + in_step - 1) / in_step;
    steps = train.steps ? std::min(steps, needed) : needed;
  }
  return steps;
}

// What a plugin logs stands below its name, beside "step".
void check_series(const std::string& who, const std::vector<SeriesInfo>& series) {
  std::set<std::string> names = {"step"};
  for (const SeriesInfo& info : series) {
    if (info.name.empty() || info.name.find('/') != std::string::npos)
      throw AttributedPluginError(who + " declares a series '" + info.name +
                                  "'; expected a name without '/'.");
    if (!names.insert(info.name).second)
      throw AttributedPluginError(who + " declares a series '" + info.name +
                                  (info.name == "step" ? "', which is reserved." : "' twice."));
  }
}

void make_losses(Experiment& made) {
  bool discriminator = false, generator = false;
  for (const Term& term : made.spec.losses) {
    LossTerm loss{term.spec.name,
                  term.plugin.described(),
                  term.plugin.place,
                  term.spec.weight,
                  make(term.plugin, made.shapes),
                  {},
                  {},
                  {}};
    guarded({loss.described, "objectives, series and weights"}, [&] {
      loss.objectives = loss.loss->objectives();
      loss.series = loss.loss->series();
      loss.loss->initialise(made.streams.child("init/" + loss.name));
    });
    check_series(loss.described, loss.series);
    for (const SeriesInfo& info : loss.series) loss.series_names.push_back(info.name);
    discriminator |= loss.objectives.discriminator;
    generator |= loss.objectives.generator;
    made.losses.push_back(std::move(loss));
  }
  const std::vector<std::string> series = loss_series(made);
  for (const LossTerm& term : made.losses)
    if (std::find(series.begin(), series.end(), term.name) != series.end())
      throw SpecError(term.place + "losses: the name '" + term.name +
                      "' is that of a series; give another 'name'.");
  for (const auto& [has_one, player] :
       {std::pair(discriminator, "discriminator"), std::pair(generator, "generator")})
    if (!has_one)
      throw SpecError(made.spec.place({"losses"}) + "no loss has an objective for the " + player +
                      "; add one.");
}

// Only a term that trains modules of its own has an optimizer.
void check_term_optimizers(const Experiment& made) {
  for (const LossTerm& term : made.losses)
    for (const auto& named : made.spec.train.optimizer)
      if (named.first == term.name && !term.objectives.own)
        throw SpecError(made.spec.place({"train", "optimizer", term.name}) + "train.optimizer." +
                        term.name + ": " + term.described +
                        " has no parameters of its own to train. Take the entry away.");
}

void make_metrics(Experiment& made) {
  for (const MetricUse& use : made.spec.metrics) {
    const MetricSetup setup{made.shapes, use.spec.samples};
    MetricTerm metric{use.spec.name,
                      use.plugin.described(),
                      use.plugin.place,
                      use.spec.every,
                      use.spec.samples,
                      make(use.plugin, setup),
                      {},
                      {}};
    guarded({metric.described, "series and needs"}, [&] {
      metric.series = metric.metric->series();
      metric.needs = metric.metric->needs();
    });
    check_series(metric.described, metric.series);
    made.metrics.push_back(std::move(metric));
  }
}

// Rows that come twice would look like neighbours.
void check_sample_counts(const Experiment& made) {
  const std::size_t size = made.dataset->size(Split::train);
  for (const MetricTerm& metric : made.metrics)
    for (const Need need : metric.needs)
      if ((need == Need::real || need == Need::labels) && metric.samples > size)
        throw SpecError(metric.place + metric.described + " sees " +
                        std::to_string(metric.samples) + " real samples, and " +
                        made.spec.dataset.described() + " trains on " + std::to_string(size) +
                        ". Write samples: " + std::to_string(size) + ", or fewer, in its entry.");
}

// What stop_when and best watch must be recorded.
void check_watched(const Experiment& made) {
  const std::vector<std::string> series = recorded_series(made);
  const auto check = [&](const char* section, const char* key, const std::string& name) {
    if (std::find(series.begin(), series.end(), name) == series.end())
      throw SpecError(made.spec.place({section, key, "series"}) + section + "." + key +
                      ": this run records no series '" + name + "'." + suggestion(name, series) +
                      " It records: " + join(series, ", ") + ".");
  };
  if (made.spec.train.stop_when) check("train", "stop_when", made.spec.train.stop_when->series);
  if (made.spec.log.best) check("log", "best", made.spec.log.best->series);
}

void check_freeze(const Experiment& made) {
  if (!made.spec.train.freezes("generator") || !made.spec.train.freezes("discriminator")) return;
  for (const LossTerm& term : made.losses)
    if (term.objectives.own) return;
  throw SpecError(made.spec.place({"train", "freeze"}) +
                  "train.freeze: both players are frozen and no loss trains modules of its own, so "
                  "that nothing is trained. Free one of them.");
}

// Rules that differentiate gradients need them whole.
void check_update(const Experiment& made) {
  const UpdateChoice& update = made.spec.train.update;
  if (!update.consensus && !update.unrolled) return;
  for (const LossTerm& term : made.losses)
    if (term.loss->separate() && (update.consensus || term.objectives.discriminator))
      throw SpecError(made.spec.place({"train", "update"}) + "train.update: " + update.name() +
                      " differentiates gradients again, and " + term.described +
                      " weighs its own against the others'. Take another rule, or another loss.");
}

// Two rows through the players: shapes are wrong now or never.
void try_generator(Experiment& made, const RandomStream& stream, Context& context) {
  const std::string who = made.spec.generator.described() + " (forward, dry pass)";
  const Latent latent = made.latents.draw(stream, 2 * made.spec.train.packing);
  const Samples samples = guarded(who, [&] { return made.generator->forward(latent, context); });
  check_samples(who, samples.x(), latent.count(), made.shapes.sample);
  check_further(who, samples, made.spec.generator.offers(), latent.count());
}

Outputs try_discriminator(Experiment& made, Context& context) {
  const std::string who = made.spec.discriminator.described() + " (forward, dry pass)";
  Batch batch{Variable(full(with_rows(2, made.shapes.input), 0.5)), {}};
  if (made.shapes.classes > 0 && made.spec.train.packing == 1) batch.labels = {0, 0};
  Outputs outputs = guarded(who, [&] { return made.discriminator->forward(batch, context); });
  check_logits(who, outputs, batch.x.shape());
  check_further(who, outputs, made.spec.discriminator.offers(), 2);
  return outputs;
}

void dry_pass(Experiment& made) {
  const NoHistory pause;
  const RandomStream stream = made.streams.child("dry-pass");
  Context context(Mode::evaluate, 0, stream);
  try_generator(made, stream, context);
  const Outputs outputs = try_discriminator(made, context);
  for (const auto& [name, value] : outputs.further())
    made.shapes.outputs[std::string(name)] = Shape(value.shape().begin() + 1, value.shape().end());
}

// The layers that metrics ask for are there.
void check_layers(Experiment& made) {
  const NoHistory pause;
  for (const MetricTerm& metric : made.metrics)
    for (const std::string& layer : metric.metric->layers()) {
      Context context(Mode::evaluate, 0, made.streams.child("dry-pass"));
      context.request_tap(layer);
      try_discriminator(made, context);
      try {
        context.tap(layer);
      } catch (const PluginError& error) {
        throw SpecError(metric.place + metric.described + ": " + error.what());
      }
    }
}

}  // namespace

std::unique_ptr<Experiment> make_experiment(Spec spec, const Catalog& catalog) {
  const RandomStream streams(spec.seed, "");
  check_latent(spec, catalog);
  auto dataset = make(spec.dataset, DataSource(streams.child("data/points"), data_folders(spec)));
  LatentSource latents(spec.latent, streams, *dataset);
  auto made = std::make_unique<Experiment>(Experiment{std::move(spec),
                                                      streams,
                                                      std::move(dataset),
                                                      std::move(latents),
                                                      {},
                                                      nullptr,
                                                      nullptr,
                                                      {},
                                                      {},
                                                      0});
  check_dataset(*made);
  made->shapes = shapes_of(*made);
  made->generator = make(made->spec.generator, made->shapes);
  made->discriminator = make(made->spec.discriminator, made->shapes);
  guarded({made->spec.generator.described(), "weights"},
          [&] { made->generator->initialise(streams.child("init/generator")); });
  guarded({made->spec.discriminator.described(), "weights"},
          [&] { made->discriminator->initialise(streams.child("init/discriminator")); });
  dry_pass(*made);
  make_losses(*made);
  check_term_optimizers(*made);
  make_metrics(*made);
  check_partners(*made, catalog);
  check_sample_counts(*made);
  check_layers(*made);
  check_freeze(*made);
  check_update(*made);
  check_watched(*made);
  if (made->spec.train.init_from) load_initial_weights(*made);
  made->steps = run_length(made->spec, *made->dataset);
  return made;
}

}  // namespace saddle
