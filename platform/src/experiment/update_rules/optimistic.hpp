#pragma once

#include "experiment/update_rules/update_rule.hpp"

#include <array>

namespace saddle {

// Optimistic mirror descent (Daskalakis et al. 2018, equation 2 and algorithm 1). With c_t what one
// step of a player's optimizer would add to its parameters w:
//   w <- w + 2 c_t - c_{t-1},   c_0 = c_1 at the first step
// For sgd c_t = -lr g_t; for adam c_t = -lr m^_t / (sqrt(v^_t) + epsilon), both terms corrected for
// the moments' start.
class Optimistic final : public UpdateRule {
 public:
  explicit Optimistic(const Players& players);
  void step(Players& players) override;
  void save(const Players& players, State& state) const override;
  void restore(const Players& players, const State& state) override;

 private:
  // The parameters after the player's update.
  Tensors updated(Players& players, std::size_t player, Round& round);

  // c_{t-1} of the discriminator and the generator, in the order of their parameters.
  std::array<Tensors, kBothPlayers.size()> before_;
};

}  // namespace saddle
