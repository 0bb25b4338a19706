#pragma once

#include "experiment/batches.hpp"
#include "experiment/experiment.hpp"
#include "experiment/trainee.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace saddle {

// The adversarial loop: one call of step() is all discriminator updates and all generator updates
// of a step, in the order that the spec's update rule says.
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
  const std::map<std::string, double>& losses() const { return losses_; }

  // The standard series of a player, or of a term with parameters, after the last step, in the
  // order of player_series(): see there.
  std::vector<double> statistics(const std::string& player) const;

  // Everything of the loop that the next steps depend on, and what is still to be recorded of the
  // last one. The experiment must be that of the run that saved it.
  void save(State& state) const;
  void restore(const State& state);
  // Multiplies all learning rates from here on, beside their schedules.
  void scale_rates(double factor);
  double rate_scale() const { return rate_scale_; }

  // The moving average of the generator's parameters; empty where the spec asks for none.
  const std::vector<Variable>& average() const { return average_; }

 private:
  // The terms' values for one player in one round, weighted: those that are differentiated
  // together, and those that ask for a gradient of their own.
  struct Objective {
    Variable joint;
    std::vector<std::pair<LossTerm*, Variable>> separate;
  };
  std::unique_ptr<Round> make_round(std::uint16_t update, std::vector<Player> trained,
                                    std::int64_t batch_number);
  bool trains(Player player) const;
  // Evaluates the player's objectives, and proposes its update unless it is frozen.
  void prepare(Player player, Round& round);
  Objective objective(Player player, Round& round);
  Variable evaluate(LossTerm& term, Player player, Round& round);
  void update_own_objectives(Round& round);
  void alternate();
  void update_together();
  void finish(Player player);
  void keep(const Round& round);
  void keep_logits(const Round& round);
  void follow_average();
  Trainee& trainee(Player player);

  Experiment& experiment_;
  Trainee generator_, discriminator_;
  std::map<std::string, Trainee> own_;  // by term
  Batches batches_;
  std::int64_t step_ = 0;  // the one that runs
  std::int64_t done_ = 0;
  double rate_scale_ = 1;
  std::map<std::string, double> losses_;
  // Of a step that ran before the restored state was saved.
  std::map<std::string, std::vector<double>> restored_statistics_;
  // What the discriminator said in its last update.
  Tensor real_logits_, generated_logits_;
  std::vector<Variable> average_;
};

}  // namespace saddle
