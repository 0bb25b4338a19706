#include "experiment/player_series.hpp"
#include "experiment/run_tables.hpp"
#include "experiment/trainer.hpp"

#include <cmath>
#include <limits>

namespace saddle {

void Trainer::scale_rates(double factor) {
  rate_scale_ *= factor;
  generator_.scale_rate(rate_scale_);
  discriminator_.scale_rate(rate_scale_);
  for (auto& [name, modules] : own_) modules.scale_rate(rate_scale_);
}

void Trainer::save(State& state) const {
  state.step = done_;
  state.numbers["rate-scale"] = rate_scale_;
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
  for (const std::string& player : player_names(experiment_)) {
    const std::vector<SeriesInfo> series = player_series(player);
    const std::vector<double> values = statistics(player);
    for (std::size_t i = 0; i < values.size(); ++i)
      state.numbers["players/" + player + "/" + series[i].name] = values[i];
  }
}

void Trainer::restore(const State& state) {
  done_ = state.step;
  rate_scale_ = 1;
  scale_rates(state.number("rate-scale"));
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
    if (!std::isnan(value)) losses_[name] = value;
  for (const std::string& player : player_names(experiment_)) {
    std::vector<double>& values = restored_statistics_[player];
    values.clear();
    for (const SeriesInfo& info : player_series(player))
      values.push_back(state.number("players/" + player + "/" + info.name));
  }
}

}  // namespace saddle
