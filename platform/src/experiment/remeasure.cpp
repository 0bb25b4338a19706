#include "experiment/remeasure.hpp"

#include <saddle/base/error.hpp>
#include <saddle/tensor/threads.hpp>

#include "base/log.hpp"
#include "base/text.hpp"
#include "experiment/identity.hpp"
#include "experiment/measure.hpp"
#include "experiment/provenance.hpp"
#include "experiment/run_file.hpp"
#include "experiment/stored_moments.hpp"
#include "experiment/stored_run.hpp"
#include "experiment/yaml.hpp"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <map>
#include <utility>

namespace saddle {
namespace {

// What overrides of the only metric of a spec begin with.
constexpr char kOnlyMetric[] = "metrics.0.";

// The metric of a spec by its name, which a resolved spec always tells.
const Value* logged_metric(const Value& spec, const std::string& name) {
  const Value* const metrics = spec.find("metrics");
  if (!metrics) return nullptr;
  for (const Value& item : metrics->items)
    if (const Value* const found = item.find("name"); found && found->text == name) return &item;
  return nullptr;
}

std::string logged_names(const Value& spec) {
  std::vector<std::string> names;
  if (const Value* const metrics = spec.find("metrics"))
    for (const Value& item : metrics->items)
      if (const Value* const name = item.find("name")) names.push_back(name->text);
  return names.empty() ? "none" : join(names, ", ");
}

// The section of a metric that the run, of this spec, did not log.
Value new_metric(const MetricRequest& request, const Value& spec, const Catalog& catalog) {
  namespace fs = std::filesystem;
  const std::string& name = request.metric;
  try {
    catalog.find("metric", name, fs::current_path().string());
  } catch (const PluginError& error) {
    throw PluginError(request.run + ": its metrics are: " + logged_names(spec) + ". " +
                      error.what());
  }
  Value item = Value::mapping();
  const bool is_path = name.find('/') != std::string::npos;
  item.set("plugin", Value::scalar(is_path ? fs::absolute(name).string() : name));
  return item;
}

std::vector<std::string> as_overrides(const std::vector<std::string>& settings) {
  std::vector<std::string> overrides;
  for (const std::string& text : settings) {
    if (text.find('=') == std::string::npos || text.front() == '=')
      throw SpecError("--set " + text + ": expected OPTION=VALUE, as in samples=1000.");
    overrides.push_back(kOnlyMetric + text);
  }
  return overrides;
}

// The user set options of a metric, and knows of no spec.
std::string as_the_user_wrote(std::string message) {
  const std::string whole = std::string("--set ") + kOnlyMetric;
  for (std::size_t at = message.find(whole); at != std::string::npos; at = message.find(whole, at))
    message.replace(at, whole.size(), "--set ");
  return message;
}

std::unique_ptr<Experiment> with_one_metric(const RunHeader& header, const MetricRequest& request,
                                            const Catalog& catalog) {
  const StoredSpec stored = by_name(stored_spec(header, request.run + ": spec"), header.provenance);
  const Value spec = parse_yaml(stored.resolved, stored.shown);
  const Value* const logged = logged_metric(spec, request.metric);
  Value metric = logged ? *logged : new_metric(request, spec, catalog);
  const std::vector<std::string> overrides = as_overrides(request.settings);
  try {
    return experiment_with_metrics(header, request.run, catalog,
                                   Value::sequence({std::move(metric)}), overrides);
  } catch (const SpecError& error) {
    throw SpecError(as_the_user_wrote(error.what()));
  }
}

// What a run logged of a metric, by step.
std::map<std::int64_t, std::vector<double>> logged_values(const hdf5::File& run,
                                                          const MetricTerm& metric) {
  std::map<std::int64_t, std::vector<double>> rows;
  if (!run.has_group("metrics/" + metric.name)) return rows;
  const hdf5::Group group = run.group("metrics/" + metric.name);
  const std::vector<std::int64_t> steps = committed_steps(run, group);
  for (const SeriesInfo& series : metric.series) {
    if (!group.has(series.name)) {
      log::warn(run.file() + ": " + group.path() + " holds no series '" + series.name +
                "', which the metric gives now. Nothing is compared.");
      return {};
    }
    const std::vector<double> values = group.dataset(series.name).numbers();
    if (values.size() < steps.size())
      throw DataError(run.file() + ": " + group.path() + "/" + series.name +
                      ": expected at least " + std::to_string(steps.size()) + " rows, found " +
                      std::to_string(values.size()) + ".");
    for (std::size_t i = 0; i < steps.size(); ++i) rows[steps[i]].push_back(values[i]);
  }
  return rows;
}

Value options_of(const MetricUse& use) {
  Value options = Value::mapping();
  options.set("samples", Value::scalar(std::to_string(use.spec.samples)));
  const Value own = write_mapping(use.plugin.factory->schema, use.plugin.options.get());
  for (const Entry& entry : own.entries) options.set(entry.key, entry.value);
  return options;
}

}  // namespace

bool Remeasured::Row::is_as_logged() const {
  return logged.empty() ||
         std::memcmp(values.data(), logged.data(), values.size() * sizeof(double)) == 0;
}

Remeasured measure_again(const MetricRequest& request, const Catalog& catalog) {
  const hdf5::File run = open_run(request.run);
  const auto experiment = with_one_metric(read_header(run, kRunFormat), request, catalog);
  set_threads(request.threads.value_or(experiment->spec.threads));
  const MetricTerm& metric = experiment->metrics.front();
  const MetricUse& use = experiment->spec.metrics.front();
  Remeasured found{metric.name, use.spec.plugin, options_of(use), metric.series, {}};
  // Of a run that goes on, what was committed by now is read, and then the log, which has it all.
  const StoredMoments moments(run, *experiment);
  std::map<std::int64_t, std::vector<double>> logged;
  if (request.settings.empty()) logged = logged_values(run, metric);
  Trainer trainer(*experiment);
  Sampler sampler(*experiment, trainer);
  State fresh;
  trainer.save(fresh);
  for (const std::int64_t step : moments.steps()) {
    trainer.restore(moments.read(step, fresh));
    sampler.begin(step);
    found.rows.push_back(
        {step, measure(metric, *experiment, sampler, trainer), std::move(logged[step])});
  }
  return found;
}

}  // namespace saddle
