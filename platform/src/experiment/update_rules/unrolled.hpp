#pragma once

#include "experiment/update_rules/update_rule.hpp"

namespace saddle {

// Unrolled generative adversarial networks (Metz et al. 2017, equations 5 to 10). With A one step
// of the discriminator's optimizer, written in ops, and all on the same samples:
//   phi_0 = phi,  phi_k = A(phi_{k-1}, grad_phi L_D(theta, phi_{k-1}))
//   theta <- a step along  d/dtheta L_G(theta, phi_K(theta)),  through the steps
//   phi   <- a step along  grad_phi L_D(theta, phi)
// What the steps ahead leave in the optimizer and in buffers is forgotten.
class Unrolled final : public UpdateRule {
 public:
  explicit Unrolled(std::int64_t steps) : steps_(steps) {}
  void step(Players& players) override;

 private:
  // Proposes the discriminator's update, and returns phi_K with its history.
  Variables discriminator_ahead(Players& players, Round& round) const;

  std::int64_t steps_;
};

}  // namespace saddle
