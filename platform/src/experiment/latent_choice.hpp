#pragma once

#include <saddle/base/schema.hpp>

#include <cstddef>
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
  // N(0, 1) given that it lies in [-bound, bound] (Brock et al. 2019).
  struct Truncated {
    std::uint64_t size = 0;
    double bound = 2;
    static void describe(Schema& schema);
  };
  // One-hot, each category with equal probability.
  struct Categorical {
    std::uint64_t size = 0;
    static void describe(Schema& schema);
  };
  // Gaussians about a finite set of points, fixed at the start of the run: N(0, 1) in each
  // coordinate, each with equal probability.
  struct Mixture {
    std::uint64_t size = 0;
    std::uint64_t components = 8;
    double deviation = 0.1;
    static void describe(Schema& schema);
  };
  // One of such points itself.
  struct Codebook {
    std::uint64_t size = 0;
    std::uint64_t entries = 1024;
    static void describe(Schema& schema);
  };
  // The class that a sample is asked for, one-hot, as often as in the training data.
  struct Label {
    static void describe(Schema&) {}
  };

  std::optional<Normal> normal;
  std::optional<Uniform> uniform;
  std::optional<Truncated> truncated;
  std::optional<Categorical> categorical;
  std::optional<Mixture> mixture;
  std::optional<Codebook> codebook;
  std::optional<Label> label;
  static void describe(Schema& schema);

  // The key of the choice in the spec.
  std::string law() const;
  // Numbers in each row, where the data have so many classes.
  std::size_t size(std::size_t classes) const;
  // Of a codebook or mixture; 0 for other laws.
  std::uint64_t points() const;
  // Of a row, in nats; differential for laws with a density, none where no formula gives it.
  std::optional<double> entropy() const;
};

}  // namespace saddle
