#include "experiment/update_rules/optimistic.hpp"

#include <saddle/autograd/ops/arithmetic.hpp>

#include "experiment/update_rules/simultaneous.hpp"

#include <utility>

namespace saddle {
namespace {

std::vector<std::string> state_names(const Trainee& trainee) {
  std::vector<std::string> names;
  for (const NamedParameter& parameter : trainee.module().parameters())
    names.push_back(trainee.name() + "/optimizer/change-before/" + parameter.path);
  return names;
}

}  // namespace

Optimistic::Optimistic(const Players& players) {
  for (std::size_t i = 0; i < before_.size(); ++i)
    for (const Variable& parameter : players.trainee(kBothPlayers[i]).parameters())
      before_[i].push_back(zeros(parameter.shape()));
}

Tensors Optimistic::updated(Players& players, std::size_t player, Round& round) {
  Trainee& trainee = players.trainee(kBothPlayers[player]);
  Tensors gradients = players.gradients(kBothPlayers[player], round);
  const bool first = trainee.updates() == 0;
  Tensors changes = trainee.changes(players.step(), std::move(gradients));
  if (first) before_[player] = changes;
  const NoHistory pause;
  const Variables parameters = trainee.parameters();
  Tensors values;
  for (std::size_t i = 0; i < changes.size(); ++i)
    values.push_back(
        (parameters[i] + (2 * Variable(changes[i]) - Variable(before_[player][i]))).value());
  before_[player] = std::move(changes);
  return values;
}

void Optimistic::step(Players& players) {
  const auto round = round_of_both(players, 0, players.step() - 1);
  for (std::size_t i = 0; i < before_.size(); ++i) {
    if (players.trains(kBothPlayers[i]))
      players.trainee(kBothPlayers[i]).propose(players.step(), updated(players, i, *round));
    else
      players.gradients(kBothPlayers[i], *round);
  }
  players.propose_own(*round);
  finish_both(players, *round);
}

void Optimistic::save(const Players& players, State& state) const {
  for (std::size_t i = 0; i < before_.size(); ++i) {
    const std::vector<std::string> names = state_names(players.trainee(kBothPlayers[i]));
    for (std::size_t k = 0; k < names.size(); ++k) state.tensors[names[k]] = before_[i][k];
  }
}

void Optimistic::restore(const Players& players, const State& state) {
  for (std::size_t i = 0; i < before_.size(); ++i) {
    const std::vector<std::string> names = state_names(players.trainee(kBothPlayers[i]));
    for (std::size_t k = 0; k < names.size(); ++k)
      before_[i][k] = state.tensor(names[k], before_[i][k].shape());
  }
}

}  // namespace saddle
