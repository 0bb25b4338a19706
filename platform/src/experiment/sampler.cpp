#include "experiment/sampler.hpp"

#include <saddle/autograd/ops/layout.hpp>
#include <saddle/base/error.hpp>

#include "experiment/batches.hpp"
#include "plugin/checks.hpp"
#include "plugin/guard.hpp"

#include <optional>

namespace saddle {

Tensor generate(Experiment& experiment, const Trainer& trainer, const Latent& latent,
                const RandomStream& streams, std::int64_t step, std::size_t first_row) {
  const NoHistory pause;
  std::optional<Substitution> average;
  if (!trainer.average().empty()) average.emplace(*experiment.generator, trainer.average());
  Context context(Mode::evaluate, step, streams.child("samples/generator").at(step), first_row);
  const std::string who = experiment.spec.generator.described() + " (forward for samples, step " +
                          std::to_string(step) + ")";
  const Variable x =
      guarded(who, [&] { return experiment.generator->forward(latent, context).x(); });
  check_samples(who, x, latent.count(), experiment.shapes.sample);
  return x.value();
}

Sampler::Sampler(Experiment& experiment, const Trainer& trainer)
    : experiment_(experiment), trainer_(trainer) {}

void Sampler::begin(std::int64_t step) {
  step_ = step;
  chunks_.clear();
}

void Sampler::compute_chunk() {
  const std::size_t first = chunks_.size() * kChunk;
  const Latent latent = experiment_.latents.draw(
      experiment_.streams.child("samples/latent").at(step_), kChunk, first);
  chunks_.push_back(generate(experiment_, trainer_, latent, experiment_.streams, step_, first));
}

Tensor Sampler::generated(std::size_t count) {
  while (chunks_.size() * kChunk < count) compute_chunk();
  const NoHistory pause;
  const Variables parts(chunks_.begin(), chunks_.end());
  return rows(concat(parts, 0).value(), 0, count);
}

Latent Sampler::latent(std::size_t count) {
  return experiment_.latents.draw(experiment_.streams.child("samples/latent").at(step_), count);
}

Batch Sampler::real(std::size_t count) {
  const Indices indices = experiment_.streams.child("samples/real")
                              .at(step_)
                              .indices(experiment_.dataset->size(Split::train), count);
  return guarded(experiment_.spec.dataset.described() + " (samples for records, step " +
                     std::to_string(step_) + ")",
                 [&] { return take(*experiment_.dataset, indices); });
}

// With packing, row i is seen with rows i + tuples, i + 2 tuples, ... as in training; a last
// incomplete tuple is left out.
Batch Sampler::packed(const Batch& batch) const {
  const std::size_t packing = experiment_.spec.train.packing;
  if (packing == 1) return batch;
  const Tensor& samples = batch.x.value();
  const std::size_t tuples = samples.shape(0) / packing;
  Variables slots;
  for (std::size_t i = 0; i < packing; ++i)
    slots.emplace_back(rows(samples, i * tuples, (i + 1) * tuples));
  return {concat(slots, samples.dimension() - 1), {}};
}

Outputs Sampler::discriminate(const Batch& batch) const {
  const NoHistory pause;
  Context context(Mode::evaluate, step_,
                  experiment_.streams.child("samples/discriminator").at(step_));
  return experiment_.discriminator->forward(packed(batch), context);
}

Tensor Sampler::layer(const Batch& batch, const std::string& path) const {
  const NoHistory pause;
  Context context(Mode::evaluate, step_,
                  experiment_.streams.child("samples/discriminator").at(step_));
  context.request_tap(path);
  experiment_.discriminator->forward(packed(batch), context);
  return context.tap(path).value();
}

}  // namespace saddle
