#pragma once

#include "experiment/update_rules/update_rule.hpp"

namespace saddle {

// Korpelevich's method, on stochastic gradients (Gidel et al. 2019, algorithms 2 and 4). With A one
// step of a player's optimizer, which advances what it remembers, and v its gradient:
//   w'      = A(w_t, v(w_t))        on one batch
//   w_{t+1} = A(w_t, v(w'))         on the next, v at the extrapolation of both players
// So Adam's moments and its count advance twice in a step (ExtraAdam). Buffers are proposed by the
// second evaluation alone, which is also the one that is logged.
class Extragradient final : public UpdateRule {
 public:
  void step(Players& players) override;
};

}  // namespace saddle
