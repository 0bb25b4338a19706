#pragma once

#include "experiment/update_rules/update_rule.hpp"

namespace saddle {

// Both players from the same parameters, in one round: each takes a step of its optimizer along the
// gradient of its own objective.
class Simultaneous final : public UpdateRule {
 public:
  void step(Players& players) override;
};

// What the simultaneous rules share. A round that trains both players, on real batch number
// `batch`.
std::unique_ptr<Round> round_of_both(Players& players, std::uint16_t update, std::int64_t batch);
// Commits what was proposed in a round, and keeps what it showed.
void finish_both(Players& players, const Round& round);

}  // namespace saddle
