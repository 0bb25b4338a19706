#pragma once

#include "optim/adam.hpp"
#include "optim/rmsprop.hpp"
#include "optim/sgd.hpp"

#include <memory>
#include <optional>

namespace saddle {

// The optimizer of a player as the spec gives it: `{adam: {lr: 1e-4}}`.
struct OptimizerChoice {
  std::optional<Sgd::Options> sgd;
  std::optional<RmsProp::Options> rmsprop;
  std::optional<Adam::Options> adam;
  static void describe(Schema& schema);

  std::unique_ptr<Optimizer> make() const;
  const Schedule& rate() const;
  // Adam with its defaults.
  static OptimizerChoice standard();
};

}  // namespace saddle
