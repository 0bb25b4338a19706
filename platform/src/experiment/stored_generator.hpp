#pragma once

#include "experiment/latent_edit.hpp"
#include "experiment/sampler.hpp"
#include "io/hdf5.hpp"
#include "plugin/catalog.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace saddle {

// What to draw from the generator of an old run.
struct GenerationRequest {
  std::string run;                    // its file
  std::size_t count = 0;              // rows in all, at least 1
  std::optional<std::int64_t> step;   // one that the file holds the weights of; by default the last
  bool best = false;                  // instead, the one with the best value of log.best
  std::optional<std::uint64_t> seed;  // of the random numbers; by default the run's
  std::vector<std::string> settings;  // parts of the latent that are held, see LatentEdit
  bool interpolate = false;           // the rows are a path from the first latent to the second
  std::optional<std::uint64_t> threads;  // those of the run where empty; no value depends on it
};

// The generator of a run, restored at one of its stored steps. With the run's seed and nothing
// held, row i has the bits of row i that the run logs at that step.
class StoredGenerator {
 public:
  // Warns of, and throws, what experiment_with_metrics does; throws SpecError for settings that do
  // not fit, DataError where the file holds no such step.
  StoredGenerator(GenerationRequest request, const Catalog& catalog);

  std::int64_t step() const { return trainer_.steps_done(); }
  // How far the run has come.
  std::int64_t last_step() const { return last_step_; }
  std::uint64_t seed() const { return request_.seed.value_or(experiment_->spec.seed); }
  std::size_t count() const { return request_.count; }
  const Shapes& shapes() const { return experiment_->shapes; }

  struct Rows {
    Tensor latent;   // [n, latent]
    Tensor samples;  // [n, sample...]
  };
  // Rows from `first`, a multiple of Sampler::kChunk, on: a whole chunk, or those that are left.
  Rows rows_from(std::size_t first);
  // The smallest and the largest number of real samples, a chunk of them in the order of step 0.
  std::pair<double, double> data_range();

 private:
  void restore(const hdf5::File& run);
  Latent draw(std::size_t first) const;

  GenerationRequest request_;
  std::unique_ptr<Experiment> experiment_;
  Trainer trainer_;
  LatentEdit edit_;
  std::int64_t last_step_ = 0;
};

}  // namespace saddle
