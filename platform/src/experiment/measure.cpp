#include "experiment/measure.hpp"

#include "plugin/guard.hpp"

#include <algorithm>

namespace saddle {
namespace {

Snapshot snapshot_for(const MetricTerm& metric, const Experiment& experiment, Sampler& sampler,
                      const Trainer& trainer) {
  const auto needs = [&](Need need) {
    return std::find(metric.needs.begin(), metric.needs.end(), need) != metric.needs.end();
  };
  const std::int64_t step = trainer.steps_done();
  Snapshot::Content content{step,    experiment.streams.child("metric/" + metric.name).at(step),
                            {},      {},
                            {},      {},
                            nullptr, {},
                            {},      {}};
  if (needs(Need::real) || needs(Need::labels)) {
    Batch real = sampler.real(metric.samples);
    if (needs(Need::real)) content.real = real.x.value();
    if (needs(Need::labels)) content.labels = std::move(real.labels);
  }
  if (needs(Need::generated)) content.generated = sampler.generated(metric.samples);
  if (needs(Need::latent)) content.latent = sampler.latent(metric.samples);
  if (needs(Need::truth)) content.truth = experiment.dataset.get();
  if (needs(Need::discriminator))
    content.discriminate = [&sampler](const Tensor& x) { return sampler.discriminate(x); };
  if (needs(Need::layers))
    content.layer = [&sampler](const Tensor& x, const std::string& path) {
      return sampler.layer(x, path);
    };
  if (needs(Need::losses)) content.losses = trainer.losses();
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
