#include "experiment/update_rules/update_rule.hpp"

#include "experiment/update_rules/alternating.hpp"
#include "experiment/update_rules/consensus.hpp"
#include "experiment/update_rules/extragradient.hpp"
#include "experiment/update_rules/optimistic.hpp"
#include "experiment/update_rules/simultaneous.hpp"
#include "experiment/update_rules/unrolled.hpp"

namespace saddle {

UpdateRule::~UpdateRule() = default;

std::unique_ptr<UpdateRule> make_update_rule(const UpdateChoice& choice, const Players& players) {
  if (choice.simultaneous) return std::make_unique<Simultaneous>();
  if (choice.extragradient) return std::make_unique<Extragradient>();
  if (choice.optimistic) return std::make_unique<Optimistic>(players);
  if (choice.consensus) return std::make_unique<Consensus>(choice.consensus->gamma);
  if (choice.unrolled) return std::make_unique<Unrolled>(choice.unrolled->steps);
  return std::make_unique<Alternating>();
}

}  // namespace saddle
