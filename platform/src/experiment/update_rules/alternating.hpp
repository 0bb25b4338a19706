#pragma once

#include "experiment/update_rules/update_rule.hpp"

namespace saddle {

// The discriminator's updates, then the generator's, each in a round of its own, against the other
// player as its last update left it (Goodfellow et al. 2014, algorithm 1).
class Alternating final : public UpdateRule {
 public:
  void step(Players& players) override;
};

}  // namespace saddle
