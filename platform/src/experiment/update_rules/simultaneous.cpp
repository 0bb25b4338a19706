#include "experiment/update_rules/simultaneous.hpp"

namespace saddle {

std::unique_ptr<Round> round_of_both(Players& players, std::uint16_t update, std::int64_t batch) {
  return players.round(update, {Player::discriminator, Player::generator}, batch);
}

void finish_both(Players& players, const Round& round) {
  players.commit_own();
  for (const Player player : kBothPlayers) players.commit(player);
  players.keep(round);
  players.keep_logits(round);
}

void Simultaneous::step(Players& players) {
  const auto round = round_of_both(players, 0, players.step() - 1);
  for (const Player player : kBothPlayers)
    players.propose_step(player, players.gradients(player, *round));
  players.propose_own(*round);
  finish_both(players, *round);
}

}  // namespace saddle
