#include "experiment/update_rules/alternating.hpp"

namespace saddle {

// The generator meets the real batch that the discriminator saw last.
void Alternating::step(Players& players) {
  const TrainSpec& train = players.spec();
  std::uint16_t update = 0;
  std::int64_t batch = (players.step() - 1) * train.discriminator_steps;
  for (std::int64_t i = 0; i < train.discriminator_steps; ++i, ++update, ++batch) {
    const auto round = players.round(update, {Player::discriminator}, batch);
    players.propose_step(Player::discriminator, players.gradients(Player::discriminator, *round));
    players.propose_own(*round);
    players.commit_own();
    players.commit(Player::discriminator);
    players.keep(*round);
    players.keep_logits(*round);
  }
  for (std::int64_t i = 0; i < train.generator_steps; ++i, ++update) {
    const auto round = players.round(update, {Player::generator}, batch - 1);
    players.propose_step(Player::generator, players.gradients(Player::generator, *round));
    players.commit(Player::generator);
    players.keep(*round);
  }
}

}  // namespace saddle
