#include "experiment/trainer.hpp"

#include "experiment/player_series.hpp"
#include "experiment/run_tables.hpp"

namespace saddle {

Trainer::Trainer(Experiment& experiment)
    : experiment_(experiment),
      players_(experiment),
      rule_(make_update_rule(experiment.spec.train.update, players_)) {}

void Trainer::step() {
  players_.begin(done_ + 1);
  restored_statistics_.clear();
  rule_->step(players_);
  ++done_;
}

PoolVector<double> Trainer::statistics(const std::string& player) const {
  const auto restored = restored_statistics_.find(player);
  if (restored != restored_statistics_.end()) return restored->second;
  return players_.statistics(player);
}

void Trainer::scale_rates(double factor) {
  rate_scale_ *= factor;
  players_.scale_rates(rate_scale_);
}

void Trainer::save(State& state) const {
  state.step = done_;
  state.numbers["rate-scale"] = rate_scale_;
  players_.save(state);
  rule_->save(players_, state);
  for (const std::string& player : player_names(experiment_)) {
    const std::vector<SeriesInfo> series = player_series(player);
    const PoolVector<double> values = statistics(player);
    for (std::size_t i = 0; i < values.size(); ++i)
      state.numbers["players/" + player + "/" + series[i].name] = values[i];
  }
}

void Trainer::restore(const State& state) {
  done_ = state.step;
  rate_scale_ = 1;
  scale_rates(state.number("rate-scale"));
  players_.restore(state);
  rule_->restore(players_, state);
  for (const std::string& player : player_names(experiment_)) {
    PoolVector<double>& values = restored_statistics_[player];
    values.clear();
    for (const SeriesInfo& info : player_series(player))
      values.push_back(state.number("players/" + player + "/" + info.name));
  }
}

}  // namespace saddle
