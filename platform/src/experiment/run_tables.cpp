#include "experiment/run_tables.hpp"

#include "experiment/player_series.hpp"

namespace saddle {
namespace {

// What the dimensions of a sample are called: images are [row, column, channel].
std::vector<Axis> sample_axes(const Shape& sample) {
  if (sample.size() == 1) return {{"feature", sample[0]}};
  const std::vector<std::string> image = {"row", "column", "channel"};
  std::vector<Axis> axes;
  for (std::size_t i = 0; i < sample.size(); ++i)
    axes.push_back({sample.size() == 3 ? image[i] : "axis" + std::to_string(i), sample[i]});
  return axes;
}

std::vector<Axis> weight_axes(const Shape& shape) {
  if (shape.size() == 1) return {{"out", shape[0]}};
  if (shape.size() == 2) return {{"in", shape[0]}, {"out", shape[1]}};
  std::vector<Axis> axes;
  for (std::size_t i = 0; i < shape.size(); ++i)
    axes.push_back({"axis" + std::to_string(i), shape[i]});
  return axes;
}

Table losses_table(const Experiment& experiment) {
  Table table{"losses", {}, {}, {}};
  for (const std::string& name : loss_series(experiment)) table.series.push_back({name, "1"});
  for (const LossTerm& term : experiment.losses)
    for (const SeriesInfo& info : term.series)
      for (Series& series : table.series)
        if (series.name == term.name + "/" + info.name) series.unit = info.unit;
  return table;
}

Table samples_table(const Experiment& experiment) {
  const Axis count{"sample", experiment.spec.log.samples.count};
  Array generated{"generated", {count}}, latent{"latent", {count}}, real{"real", {count}};
  for (const Axis& axis : sample_axes(experiment.shapes.sample)) {
    generated.axes.push_back(axis);
    real.axes.push_back(axis);
  }
  latent.axes.push_back({"latent", experiment.shapes.latent[0]});
  return {"samples", {}, {generated, latent}, {real}};
}

Table weights_table(const Experiment& experiment) {
  Table table{"weights", {}, {}, {}};
  const auto add = [&](const std::string& path, const Tensor& value) {
    table.arrays.push_back({path, weight_axes(value.shape())});
  };
  for (const LoggedTensor& tensor : logged_weights(experiment)) add(tensor.path, *tensor.value);
  if (experiment.spec.train.average)
    for (const NamedParameter& parameter : experiment.generator->parameters())
      add("average/" + parameter.path, parameter.variable->value());
  return table;
}

Table states_table(const State& state) {
  Table table{"states", {}, {}, {}};
  for (const auto& [name, value] : state.numbers) table.series.push_back({name, ""});
  for (const auto& [name, value] : state.tensors)
    table.arrays.push_back({name, weight_axes(value.shape())});
  return table;
}

Table series_table(const std::string& path, const std::vector<SeriesInfo>& infos) {
  Table table{path, {}, {}, {}};
  for (const SeriesInfo& info : infos) {
    Series series{info.name, info.unit};
    for (const auto& [key, text] : info.attributes) series.attributes.emplace_back(key, text);
    table.series.push_back(std::move(series));
  }
  return table;
}

void append_module(const std::string& name, Module& module, std::vector<LoggedTensor>& tensors) {
  for (const NamedParameter& parameter : module.parameters())
    tensors.push_back({name + "/" + parameter.path, &parameter.variable->value()});
  for (const NamedBuffer& buffer : module.buffers())
    tensors.push_back({name + "/" + buffer.path, &buffer.buffer->value()});
}

}  // namespace

std::vector<std::string> player_names(const Experiment& experiment) {
  std::vector<std::string> names = {"discriminator", "generator"};
  for (const LossTerm& term : experiment.losses)
    if (term.objectives.own) names.push_back(term.name);
  return names;
}

std::vector<std::string> loss_series(const Experiment& experiment) {
  std::vector<std::string> names = {"discriminator", "generator"};
  for (const LossTerm& term : experiment.losses) {
    if (term.objectives.discriminator) names.push_back(term.name + "-discriminator");
    if (term.objectives.generator) names.push_back(term.name + "-generator");
    if (term.objectives.own) names.push_back(term.name + "-own");
  }
  for (const LossTerm& term : experiment.losses)
    for (const SeriesInfo& info : term.series) names.push_back(term.name + "/" + info.name);
  return names;
}

std::vector<std::string> recorded_series(const Experiment& experiment) {
  std::vector<std::string> names = loss_series(experiment);
  for (const std::string& player : player_names(experiment))
    for (const SeriesInfo& info : player_series(player))
      names.push_back("players/" + player + "/" + info.name);
  for (const MetricTerm& metric : experiment.metrics)
    for (const SeriesInfo& info : metric.series) names.push_back(metric.name + "/" + info.name);
  return names;
}

std::vector<LoggedTensor> logged_weights(const Experiment& experiment) {
  std::vector<LoggedTensor> tensors;
  append_module("generator", *experiment.generator, tensors);
  append_module("discriminator", *experiment.discriminator, tensors);
  for (const LossTerm& term : experiment.losses) append_module(term.name, *term.loss, tensors);
  return tensors;
}

std::vector<Table> run_tables(const Experiment& experiment, const State& state) {
  std::vector<Table> tables(kFirstPlayer);
  tables[kLosses] = losses_table(experiment);
  tables[kSamples] = samples_table(experiment);
  tables[kWeights] = weights_table(experiment);
  tables[kTiming] = {
      "timing", {{"training", "s"}, {"metrics", "s"}, {"samples", "s"}, {"log", "s"}}, {}, {}};
  for (const std::string& name : player_names(experiment))
    tables.push_back(series_table("players/" + name, player_series(name)));
  for (const MetricTerm& metric : experiment.metrics)
    tables.push_back(series_table("metrics/" + metric.name, metric.series));
  if (experiment.spec.log.best) {
    Table best = tables[kWeights];
    best.path = "best";
    best.series = {{"value", "", {{"series", experiment.spec.log.best->series}}}};
    tables.push_back(std::move(best));
  }
  if (experiment.spec.log.states) tables.push_back(states_table(state));
  return tables;
}

}  // namespace saddle
