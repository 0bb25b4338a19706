#include "experiment/players.hpp"
#include "experiment/run_tables.hpp"

#include <cmath>
#include <limits>
#include <vector>

namespace saddle {

void Players::scale_rates(double factor) {
  generator_.scale_rate(factor);
  discriminator_.scale_rate(factor);
  for (auto& [name, modules] : own_) modules.scale_rate(factor);
}

void Players::save(State& state) const {
  generator_.save(state);
  discriminator_.save(state);
  for (const auto& [name, modules] : own_) modules.save(state);
  for (const LossTerm& term : experiment_.losses)
    if (!term.objectives.own) save_module(term.name, *term.loss, state);
  const std::vector<NamedParameter> parameters = experiment_.generator->parameters();
  for (std::size_t i = 0; i < average_.size(); ++i)
    state.tensors["average/" + parameters[i].path] = average_[i].value();
  // The same names at each step, with NaN for what there is none of.
  for (const std::string& name : loss_series(experiment_)) {
    const auto found = losses_.find(name);
    state.numbers["losses/" + name] =
        found == losses_.end() ? std::numeric_limits<double>::quiet_NaN() : found->second;
  }
}

void Players::restore(const State& state) {
  generator_.restore(state);
  discriminator_.restore(state);
  for (auto& [name, modules] : own_) modules.restore(state);
  for (const LossTerm& term : experiment_.losses)
    if (!term.objectives.own) restore_module(term.name, *term.loss, state);
  const std::vector<NamedParameter> parameters = experiment_.generator->parameters();
  for (std::size_t i = 0; i < average_.size(); ++i)
    average_[i] = Variable(state.tensor("average/" + parameters[i].path, average_[i].shape()));
  losses_.clear();
  for (const auto& [name, value] : state.numbers_below("losses"))
    if (!std::isnan(value)) losses_.emplace(name, value);
}

}  // namespace saddle
