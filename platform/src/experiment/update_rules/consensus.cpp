#include "experiment/update_rules/consensus.hpp"

#include <saddle/autograd/grad.hpp>
#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/autograd/ops/math.hpp>
#include <saddle/autograd/ops/reduce.hpp>

#include "experiment/update_rules/simultaneous.hpp"

#include <utility>

namespace saddle {
namespace {

// v at the players' parameters, with its history. The parameters that it belongs to go to
// `parameters`; those of a frozen player are left out.
Variables field(Players& players, Round& round, Variables& parameters) {
  Variables found;
  for (const Player player : kBothPlayers) {
    const Players::Objective objective = players.objective(player, round);
    players.log(objective);
    if (!players.trains(player)) continue;
    const Variables mine = players.trainee(player).parameters();
    for (Variable& gradient : grad(objective.joint, mine, {true}))
      found.push_back(std::move(gradient));
    parameters.insert(parameters.end(), mine.begin(), mine.end());
  }
  return found;
}

Variable half_squared_norm(const Variables& field) {
  Variable squares = Variable::constant(0);
  for (const Variable& part : field) squares = squares + sum(square(part));
  return 0.5 * squares;
}

}  // namespace

void Consensus::step(Players& players) {
  const auto round = round_of_both(players, 0, players.step() - 1);
  Variables parameters;
  const Variables v = field(players, *round, parameters);
  const Variables penalty = grad(half_squared_norm(v), parameters);
  std::size_t next = 0;
  for (const Player player : kBothPlayers) {
    if (!players.trains(player)) continue;
    Tensors gradients;
    for (std::size_t i = players.trainee(player).parameters().size(); i > 0; --i, ++next)
      gradients.push_back((v[next] + gamma_ * penalty[next]).value());
    players.propose_step(player, std::move(gradients));
  }
  players.propose_own(*round);
  finish_both(players, *round);
}

}  // namespace saddle
