#pragma once

#include "experiment/trainer.hpp"

#include <cstdint>
#include <optional>

namespace saddle {

// What the generator makes of latents in evaluation mode, by the moving average where there is one:
// [n, sample...]. What it draws itself comes from `streams` at the step, from `first_row` on.
// Throws PluginError for another shape, DivergedError for values that are not finite.
Tensor generate(Experiment& experiment, const Trainer& trainer, const Latent& latent,
                const RandomStream& streams, std::int64_t step, std::size_t first_row);

// The samples that metrics and the log share at one step. Row i depends on the seed, the step and i
// alone, and is computed in whole chunks, so that it does not depend on who asked for how many.
class Sampler {
 public:
  static constexpr std::size_t kChunk = 512;

  Sampler(Experiment& experiment, const Trainer& trainer);

  // Forgets the samples of the last step.
  void begin(std::int64_t step);
  // The first `count` rows, in evaluation mode, by the moving average where there is one.
  Tensor generated(std::size_t count);  // [count, sample...]
  Latent latent(std::size_t count);
  // The first `count` of the training split in an order of this step, which starts anew when all
  // have come.
  Batch real(std::size_t count);
  // What the discriminator returns for samples, in evaluation mode.
  Outputs discriminate(const Batch& batch) const;
  Tensor layer(const Batch& batch, const std::string& path) const;

 private:
  void compute_chunk();
  Batch packed(const Batch& batch) const;

  Experiment& experiment_;
  const Trainer& trainer_;
  std::int64_t step_ = 0;
  Tensors chunks_;
};

}  // namespace saddle
