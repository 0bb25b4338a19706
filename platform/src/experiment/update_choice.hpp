#pragma once

#include <saddle/base/schema.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace saddle {

// How a step of training updates both players, as the spec gives it: `simultaneous`, or
// `{unrolled: {steps: 5}}`.
struct UpdateChoice {
  // A rule without settings.
  struct Plain {
    static void describe(Schema&) {}
  };
  struct Consensus {
    double gamma = 1;
    static void describe(Schema& schema);
  };
  struct Unrolled {
    std::int64_t steps = 5;
    static void describe(Schema& schema);
  };

  std::optional<Plain> alternating, simultaneous, extragradient, optimistic;
  std::optional<Consensus> consensus;
  std::optional<Unrolled> unrolled;
  static void describe(Schema& schema);
  static UpdateChoice standard();

  // The key of the rule in the spec.
  std::string name() const;
  // The real batches that one discriminator update takes.
  std::int64_t batches() const { return extragradient ? 2 : 1; }
};

}  // namespace saddle
