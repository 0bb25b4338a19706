#pragma once

#include "experiment/players.hpp"
#include "experiment/state.hpp"
#include "experiment/update_choice.hpp"

#include <memory>

namespace saddle {

// How one step of training updates both players.
class UpdateRule {
 public:
  UpdateRule() = default;
  virtual ~UpdateRule();
  UpdateRule(const UpdateRule&) = delete;
  UpdateRule& operator=(const UpdateRule&) = delete;

  // Updates, commits and logs everything of the step that `players` have begun.
  virtual void step(Players& players) = 0;
  // What the next steps depend on beside the players; the same names at each step.
  virtual void save(const Players&, State&) const {}
  virtual void restore(const Players&, const State&) {}
};

std::unique_ptr<UpdateRule> make_update_rule(const UpdateChoice& choice, const Players& players);

}  // namespace saddle
