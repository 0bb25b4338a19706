#include "experiment/spec.hpp"

#include <algorithm>

namespace saddle {
namespace {

constexpr double kMostSteps = 1e12, kLargest = 1e12;

}  // namespace

void StopSpec::describe(Schema& s) {
  s.field(&StopSpec::series, "series", "what is watched, as 'kl-histogram/forward' or 'generator'")
      .required();
  s.field(&StopSpec::below, "below", "stop when it is below this").range(-kLargest, kLargest);
  s.field(&StopSpec::above, "above", "stop when it is above this").range(-kLargest, kLargest);
  s.field(&StopSpec::patience, "patience", "how many records in a row it must hold")
      .range(1, kMostSteps);
}

void AverageSpec::describe(Schema& s) {
  s.shorthand("decay");
  s.field(&AverageSpec::decay, "decay", "share of the average that each update keeps").range(0, 1);
  s.field(&AverageSpec::start, "start", "until this step the average follows the generator")
      .unit("steps")
      .range(0, kMostSteps);
}

void InitFromSpec::describe(Schema& s) {
  s.shorthand("run");
  s.field(&InitFromSpec::run, "run",
          "the run.h5 of a run with the same networks, relative to the spec's folder or the "
          "current one")
      .required();
  s.field(&InitFromSpec::step, "step", "of the weights; the last ones by default")
      .unit("steps")
      .range(0, kMostSteps);
  s.field(&InitFromSpec::players, "players", "whose weights are taken")
      .choices({"generator", "discriminator"});
  s.field(&InitFromSpec::average, "average", "take the generator's moving average");
}

void RollbackSpec::describe(Schema& s) {
  s.field(&RollbackSpec::factor, "factor", "of all learning rates at each rollback").range(1e-6, 1);
  s.field(&RollbackSpec::times, "times", "how often in one run, before it stops").range(1, 1000);
}

void ClipSpec::describe(Schema& s) {
  s.field(&ClipSpec::norm, "norm", "largest norm of the gradient of each player or term")
      .range(1e-12, kLargest);
  s.field(&ClipSpec::value, "value", "largest size of each element of these")
      .range(1e-12, kLargest);
  s.field(&ClipSpec::generator, "generator", "its own bound");
  s.field(&ClipSpec::discriminator, "discriminator", "its own bound");
}

void TrainSpec::describe(Schema& s) {
  s.field(&TrainSpec::steps, "steps",
          "length of the run; a step is all discriminator updates and all generator updates")
      .unit("steps")
      .range(1, kMostSteps);
  s.field(&TrainSpec::epochs, "epochs", "length of the run in passes over the training data")
      .unit("epochs")
      .range(1, kMostSteps);
  s.field(&TrainSpec::batch, "batch", "samples in a batch, or tuples where packing is above 1")
      .range(1, 1 << 24);
  s.field(&TrainSpec::discriminator_steps, "discriminator_steps", "discriminator updates in a step")
      .range(1, 1000);
  s.field(&TrainSpec::generator_steps, "generator_steps", "generator updates in a step")
      .range(1, 1000);
  s.field(&TrainSpec::update, "update",
          "how the players' updates follow from each other; all rules but alternating take one "
          "update of each in a step");
  s.field(&TrainSpec::packing, "packing", "samples that the discriminator sees together (PacGAN)")
      .range(1, 64);
  s.field(&TrainSpec::instance_noise, "instance_noise",
          "standard deviation of the noise on all that the discriminator sees");
  s.field(&TrainSpec::optimizer, "optimizer",
          "by player or by the name of a loss term; two time scales are two learning rates");
  s.field(&TrainSpec::clip, "clip",
          "bounds on gradients, before the optimizer; the gradient norm that is logged is the one "
          "before");
  s.field(&TrainSpec::average, "average",
          "moving average of the generator, used for samples and metrics");
  s.field(&TrainSpec::init_from, "init_from", "begin with the weights of another run");
  s.field(&TrainSpec::freeze, "freeze", "players that are not trained")
      .choices({"generator", "discriminator"});
  s.field(&TrainSpec::stop_when, "stop_when", "end the run when a series reaches a value");
  s.field(&TrainSpec::on_divergence, "on_divergence",
          "a value that is not finite stops the run, or rolls it back to its last checkpoint by "
          "schedule")
      .choices({"stop", "rollback"});
  s.field(&TrainSpec::rollback, "rollback", "how it goes on after that");
}

std::string Spec::place(const std::vector<std::string>& path) const {
  return place_text(shown, mark_at(root, path));
}

OptimizerChoice TrainSpec::optimizer_of(const std::string& name) const {
  for (const auto& [player, choice] : optimizer)
    if (player == name) return choice;
  return OptimizerChoice::standard();
}

std::optional<ClipLimit> TrainSpec::clip_of(const std::string& name) const {
  if (!clip) return std::nullopt;
  if (name == "generator" && clip->generator) return clip->generator;
  if (name == "discriminator" && clip->discriminator) return clip->discriminator;
  if (clip->norm || clip->value) return ClipLimit{clip->norm, clip->value};
  return std::nullopt;
}

bool TrainSpec::freezes(const std::string& player) const {
  return std::find(freeze.begin(), freeze.end(), player) != freeze.end();
}

void LogSpec::Best::describe(Schema& s) {
  s.field(&Best::series, "series", "what is watched, as 'kl-histogram/forward'").required();
  s.field(&Best::keep, "keep", "whether a small or a large value is good").choices({"min", "max"});
}

void LogSpec::Every::describe(Schema& s) {
  s.field(&Every::every, "every", "a record each so many steps").unit("steps").range(1, kMostSteps);
}

void LogSpec::Samples::describe(Schema& s) {
  s.field(&Samples::every, "every", "a record each so many steps")
      .unit("steps")
      .range(1, kMostSteps);
  s.field(&Samples::count, "count", "samples in a record").range(1, 1 << 24);
}

void LogSpec::describe(Schema& s) {
  s.field(&LogSpec::losses, "losses", "the values of the objectives");
  s.field(&LogSpec::players, "players",
          "the discriminator's accuracy and logits, and each player's norms and learning rate");
  s.field(&LogSpec::samples, "samples", "generated samples and their latents");
  s.field(&LogSpec::weights, "weights", "the parameters of the players");
  s.field(&LogSpec::checkpoint, "checkpoint",
          "all that the run needs to be resumed, in checkpoint.h5");
  s.field(&LogSpec::states, "states",
          "all that training depends on, below /states, from which parts of a run can be verified");
  s.field(&LogSpec::best, "best",
          "keep the parameters below /best each time a series reaches a new best");
}

void TermSpec::describe(Schema& s) {
  s.field(&TermSpec::plugin, "plugin", "name of the plugin, or the file of its library").required();
  s.field(&TermSpec::name, "name", "of the term in the log; the plugin's name by default");
  s.field(&TermSpec::weight, "weight",
          "factor of the players' objectives of the term, or its schedule");
}

void MetricSpec::describe(Schema& s) {
  s.field(&MetricSpec::plugin, "plugin", "name of the plugin, or the file of its library")
      .required();
  s.field(&MetricSpec::name, "name", "of the metric in the log; the plugin's name by default");
  s.field(&MetricSpec::every, "every", "a record each so many steps")
      .unit("steps")
      .range(1, kMostSteps);
  s.field(&MetricSpec::samples, "samples", "generated and real samples that it sees")
      .range(1, 1 << 24);
}

}  // namespace saddle
