#include "experiment/measure.hpp"

#include "plugin/guard.hpp"

#include <set>
#include <utility>

namespace saddle {
namespace {

// What the metric reads of the samples.
void add_samples(const MetricTerm& metric, const std::set<Need>& needs, Sampler& sampler,
                 Snapshot::Content& content) {
  const auto has = [&](Need need) { return needs.count(need) > 0; };
  const bool judges = has(Need::discriminator) || has(Need::layers);
  if (has(Need::real) || has(Need::labels)) {
    Batch real = sampler.real(metric.samples);
    if (judges) content.real_condition = real.labels;
    if (has(Need::real)) content.real = real.x.value();
    if (has(Need::labels)) content.labels = std::move(real.labels);
  }
  if (has(Need::generated)) content.generated = sampler.generated(metric.samples);
  if (has(Need::latent)) content.latent = sampler.latent(metric.samples);
  if (judges && has(Need::generated))
    content.generated_condition = sampler.latent(metric.samples).labels();
}

Snapshot snapshot_for(const MetricTerm& metric, const Experiment& experiment, Sampler& sampler,
                      const Trainer& trainer) {
  const std::set<Need> needs(metric.needs.begin(), metric.needs.end());
  const auto has = [&](Need need) { return needs.count(need) > 0; };
  const std::int64_t step = trainer.steps_done();
  Snapshot::Content content{step, experiment.streams.child("metric/" + metric.name).at(step)};
  add_samples(metric, needs, sampler, content);
  if (has(Need::truth)) content.truth = experiment.dataset.get();
  if (has(Need::discriminator))
    content.discriminate = [&sampler](const Batch& batch) { return sampler.discriminate(batch); };
  if (has(Need::layers))
    content.layer = [&sampler](const Batch& batch, const std::string& path) {
      return sampler.layer(batch, path);
    };
  if (has(Need::losses)) content.losses = trainer.losses();
  return Snapshot(std::move(content));
}

}  // namespace

std::vector<double> measure(const MetricTerm& metric, const Experiment& experiment,
                            Sampler& sampler, const Trainer& trainer) {
  const Snapshot snapshot = snapshot_for(metric, experiment, sampler, trainer);
  const std::string who =
      metric.described + " (evaluate, step " + std::to_string(trainer.steps_done()) + ")";
  std::vector<double> values = guarded(who, [&] { return metric.metric->evaluate(snapshot); });
  if (values.size() != metric.series.size())
    throw AttributedPluginError(who + " must return " + std::to_string(metric.series.size()) +
                                " values, one for each series; it returned " +
                                std::to_string(values.size()) + ".");
  return values;
}

}  // namespace saddle
