#include "experiment/stored_generator.hpp"

#include <saddle/tensor/threads.hpp>

#include "experiment/run_file.hpp"
#include "experiment/run_header.hpp"
#include "experiment/stored_moments.hpp"
#include "experiment/stored_run.hpp"

#include <algorithm>

namespace saddle {
namespace {

std::unique_ptr<Experiment> experiment_of(const std::string& path, const Catalog& catalog) {
  const hdf5::File run = open_run(path);
  return experiment_with_metrics(read_header(run, kRunFormat), path, catalog, Value::sequence({}),
                                 {});
}

// The one that was asked for; the last where none was.
std::int64_t stored_step(const std::vector<std::int64_t>& steps, std::optional<std::int64_t> asked,
                         const std::string& run) {
  if (!asked) return steps.back();
  if (std::binary_search(steps.begin(), steps.end(), *asked)) return *asked;
  throw_no_weights(run, steps, *asked);
}

}  // namespace

StoredGenerator::StoredGenerator(GenerationRequest request, const Catalog& catalog)
    : request_(std::move(request)),
      experiment_(experiment_of(request_.run, catalog)),
      trainer_(*experiment_),
      edit_(request_.settings, experiment_->latents) {
  set_threads(request_.threads.value_or(experiment_->spec.threads));
  restore(open_run(request_.run));
}

void StoredGenerator::restore(const hdf5::File& run) {
  const StoredMoments moments(run, *experiment_);
  last_step_ = committed_step(run);
  State fresh;
  trainer_.save(fresh);
  trainer_.restore(
      request_.best
          ? moments.read_best(fresh)
          : moments.read(stored_step(moments.steps(), request_.step, request_.run), fresh));
}

// Whole chunks are drawn, whatever the count, as those of a run.
Latent StoredGenerator::draw(std::size_t first) const {
  const RandomStream stream = RandomStream(seed(), "").child("samples/latent").at(step());
  const LatentSource& latents = experiment_->latents;
  const Latent drawn = request_.interpolate ? path_between(latents.draw(stream, 2), latents.parts(),
                                                           count(), first, Sampler::kChunk)
                                            : latents.draw(stream, Sampler::kChunk, first);
  return edit_.apply(drawn, first);
}

StoredGenerator::Rows StoredGenerator::rows_from(std::size_t first) {
  const NoHistory pause;
  const Latent latent = draw(first);
  const std::size_t left = std::min(Sampler::kChunk, count() - first);
  const Tensor samples =
      generate(*experiment_, trainer_, latent, RandomStream(seed(), ""), step(), first);
  return {rows(latent.joined().value(), 0, left), rows(samples, 0, left)};
}

std::pair<double, double> StoredGenerator::data_range() {
  Sampler sampler(*experiment_, trainer_);
  sampler.begin(0);
  const std::size_t size = experiment_->dataset->size(Split::train);
  const Tensor real = sampler.real(std::min(Sampler::kChunk, size)).x.value();
  const auto [least, most] = std::minmax_element(real.begin(), real.end());
  return {static_cast<double>(*least), static_cast<double>(*most)};
}

}  // namespace saddle
