#include "experiment/update_rules/unrolled.hpp"

#include <saddle/autograd/grad.hpp>

#include "experiment/update_rules/simultaneous.hpp"

#include <utility>

namespace saddle {
namespace {

constexpr Player kDiscriminator = Player::discriminator, kGenerator = Player::generator;

Tensors values(const Variables& variables) {
  Tensors tensors;
  for (const Variable& variable : variables) tensors.push_back(variable.value());
  return tensors;
}

}  // namespace

Variables Unrolled::discriminator_ahead(Players& players, Round& round) const {
  Trainee& trainee = players.trainee(kDiscriminator);
  Trainee::Ahead ahead = trainee.ahead();
  const Players::Objective now = players.objective(kDiscriminator, round);
  players.log(now);
  Variables gradients = grad(now.joint, ahead.parameters, {true});
  players.propose_step(kDiscriminator, values(gradients));
  players.propose_own(round);
  players.keep(round);
  players.keep_logits(round);
  for (std::int64_t k = 1;; ++k) {
    trainee.go_ahead(ahead, players.step(), std::move(gradients));
    round.look_ahead();
    if (k == steps_) return std::move(ahead.parameters);
    const Substitution there(trainee.module(), ahead.parameters);
    const Variable value = players.objective(kDiscriminator, round).joint;
    gradients = grad(value, ahead.parameters, {true});
  }
}

void Unrolled::step(Players& players) {
  const auto round = round_of_both(players, 0, players.step() - 1);
  const Variables ahead = discriminator_ahead(players, *round);
  {
    const Substitution there(players.trainee(kDiscriminator).module(), ahead);
    players.propose_step(kGenerator, players.gradients(kGenerator, *round));
  }
  players.commit_own();
  for (const Player player : kBothPlayers) players.commit(player);
  players.keep(*round);
}

}  // namespace saddle
