#include "experiment/update_rules/extragradient.hpp"

#include "experiment/update_rules/simultaneous.hpp"

#include <array>
#include <utility>

namespace saddle {
namespace {

using Gradients = std::array<Tensors, kBothPlayers.size()>;

Gradients gradients_of_both(Players& players, Round& round) {
  Gradients found;
  for (std::size_t i = 0; i < found.size(); ++i)
    found[i] = players.gradients(kBothPlayers[i], round);
  return found;
}

Variables as_leaves(Tensors values) {
  Variables leaves;
  for (Tensor& value : values) leaves.push_back(Variable::leaf(std::move(value)));
  return leaves;
}

// The parameters of both players one step of their optimizers on.
std::array<Variables, kBothPlayers.size()> extrapolate(Players& players, std::int64_t batch) {
  const auto round = round_of_both(players, 0, batch);
  round->look_ahead();
  Gradients gradients = gradients_of_both(players, *round);
  std::array<Variables, kBothPlayers.size()> found;
  for (std::size_t i = 0; i < found.size(); ++i) {
    Trainee& trainee = players.trainee(kBothPlayers[i]);
    found[i] = players.trains(kBothPlayers[i])
                   ? as_leaves(trainee.advance(players.step(), std::move(gradients[i])))
                   : trainee.parameters();
  }
  return found;
}

}  // namespace

void Extragradient::step(Players& players) {
  const std::int64_t batch = 2 * (players.step() - 1);
  const auto ahead = extrapolate(players, batch);
  const auto round = round_of_both(players, 1, batch + 1);
  Gradients gradients;
  {
    const Substitution discriminator(players.trainee(kBothPlayers[0]).module(), ahead[0]);
    const Substitution generator(players.trainee(kBothPlayers[1]).module(), ahead[1]);
    gradients = gradients_of_both(players, *round);
    players.propose_own(*round);
  }
  for (std::size_t i = 0; i < gradients.size(); ++i)
    players.propose_step(kBothPlayers[i], std::move(gradients[i]));
  finish_both(players, *round);
}

}  // namespace saddle
