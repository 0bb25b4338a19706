#pragma once

#include <saddle/base/random.hpp>
#include <saddle/plugin/dataset.hpp>
#include <saddle/plugin/latent.hpp>
#include <saddle/plugin/shapes.hpp>

#include "experiment/latent_choice.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace saddle {

// Draws latents of the run. Row i of a draw is a function of the seed, the stream's place and i.
class LatentSource {
 public:
  // `streams` is the root of the run's streams; `dataset`, whose labels a part may be drawn from,
  // must outlive the source.
  LatentSource(const Named<LatentChoice>& parts, const RandomStream& streams,
               const Dataset& dataset);

  std::vector<LatentPart> parts() const;
  // Of a codebook or mixture of this name: [points, size].
  const Tensor& points(const std::string& name) const;
  // Rows [first_row, first_row + count) at a place of the stream `name`.
  Latent draw(const RandomStream& stream, std::size_t count, std::size_t first_row = 0) const;

 private:
  struct Part {
    std::string name;
    LatentChoice choice;
    std::size_t size;
    Tensor points;  // of a codebook or mixture: [points, size]
  };
  Tensor draw_part(const Part& part, const RandomStream& stream, std::size_t count,
                   std::size_t first_row) const;
  Labels draw_labels(const RandomStream& stream, std::size_t count, std::size_t first_row) const;

  const Dataset* dataset_;
  std::vector<Part> parts_;
};

}  // namespace saddle
