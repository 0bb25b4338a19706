#pragma once

#include <saddle/base/random.hpp>
#include <saddle/base/schema.hpp>
#include <saddle/plugin/latent.hpp>
#include <saddle/plugin/shapes.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace saddle {

// The distribution of one part of the latent, as the spec gives it: `{normal: 2}`.
struct LatentChoice {
  struct Normal {
    std::uint64_t size = 0;
    static void describe(Schema& schema);
  };
  struct Uniform {
    std::uint64_t size = 0;
    double low = -1, high = 1;
    static void describe(Schema& schema);
  };
  // One of a finite set of points, fixed at the start of the run: N(0, 1) in each coordinate.
  struct Codebook {
    std::uint64_t size = 0;
    std::uint64_t entries = 1024;
    static void describe(Schema& schema);
  };

  std::optional<Normal> normal;
  std::optional<Uniform> uniform;
  std::optional<Codebook> codebook;
  static void describe(Schema& schema);

  std::size_t size() const;
};

// Draws latents of the run. Row i of a draw is a function of the seed, the stream's place and i.
class LatentSource {
 public:
  // `streams` is the root of the run's streams.
  LatentSource(const Named<LatentChoice>& parts, const RandomStream& streams);

  std::vector<LatentPart> parts() const;
  // Rows [first_row, first_row + count) at a place of the stream `name`.
  Latent draw(const RandomStream& stream, std::size_t count, std::size_t first_row = 0) const;

 private:
  struct Part {
    std::string name;
    LatentChoice choice;
    Tensor codebook;  // [entries, size]
  };
  std::vector<Part> parts_;
};

}  // namespace saddle
