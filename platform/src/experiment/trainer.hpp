#pragma once

#include <saddle/base/pool.hpp>

#include "experiment/players.hpp"
#include "experiment/update_rules/update_rule.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace saddle {

// The adversarial loop: one call of step() is all discriminator updates and all generator updates
// of a step, in the way that the spec's update rule says.
class Trainer {
 public:
  // `experiment` must outlive the trainer.
  explicit Trainer(Experiment& experiment);

  // Trains one step. Throws DivergedError before anything that is not finite is committed, and what
  // plugins throw, with their name.
  void step();
  // The steps done so far.
  std::int64_t steps_done() const { return done_; }
  // The values of the last step, by their name below /losses.
  const SeriesValues& losses() const { return players_.losses(); }

  // The standard series of a player, or of a term with parameters, after the last step, in the
  // order of player_series(): see there.
  PoolVector<double> statistics(const std::string& player) const;

  // Everything of the loop that the next steps depend on, and what is still to be recorded of the
  // last one. The experiment must be that of the run that saved it.
  void save(State& state) const;
  void restore(const State& state);
  // Multiplies all learning rates from here on, beside their schedules.
  void scale_rates(double factor);
  double rate_scale() const { return rate_scale_; }

  // The moving average of the generator's parameters; empty where the spec asks for none.
  const Variables& average() const { return players_.average(); }

 private:
  const Experiment& experiment_;
  Players players_;
  std::unique_ptr<UpdateRule> rule_;
  std::int64_t done_ = 0;
  double rate_scale_ = 1;
  // Of a step that ran before the restored state was saved.
  std::map<std::string, PoolVector<double>> restored_statistics_;
};

}  // namespace saddle
