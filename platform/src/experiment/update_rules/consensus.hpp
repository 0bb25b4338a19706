#pragma once

#include "experiment/update_rules/update_rule.hpp"

namespace saddle {

// Consensus optimization (Mescheder et al. 2017, algorithm 2). With v the gradients of both
// players' objectives, each with respect to its own parameters, side by side:
//   both optimizers step along  v + gamma grad(1/2 |v|^2),
// the second gradient with respect to the parameters of both. The objectives' weights count in v.
class Consensus final : public UpdateRule {
 public:
  explicit Consensus(double gamma) : gamma_(gamma) {}
  void step(Players& players) override;

 private:
  double gamma_;
};

}  // namespace saddle
