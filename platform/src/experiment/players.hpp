#pragma once

#include <saddle/base/pool.hpp>

#include "experiment/batches.hpp"
#include "experiment/experiment.hpp"
#include "experiment/trainee.hpp"

#include <array>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <utility>

namespace saddle {

// The order in which both are asked for anything.
constexpr std::array<Player, 2> kBothPlayers = {Player::discriminator, Player::generator};

// What the update rules play with: both players and the modules of the loss terms, each with its
// optimizer; the rounds of a step; and the objectives in them.
class Players {
 public:
  // `experiment` must outlive them.
  explicit Players(Experiment& experiment);

  // All calls from here on belong to this step.
  void begin(std::int64_t step);
  std::int64_t step() const { return step_; }
  const TrainSpec& spec() const { return experiment_.spec.train; }

  Trainee& trainee(Player player);
  const Trainee& trainee(Player player) const;
  // Whether the player is not frozen.
  bool trains(Player player) const;

  // A round of the step. `update` numbers the updates within it, `batch` the real batches of the
  // whole run; `trained` are those that it trains where they are not frozen.
  std::unique_ptr<Round> round(std::uint16_t update, std::initializer_list<Player> trained,
                               std::int64_t batch);

  // The terms' values for one player in one round, weighted: those that are differentiated
  // together, and those that ask for a gradient of their own.
  struct Objective {
    Variable joint;
    PoolVector<std::pair<LossTerm*, Variable>> separate;
    SeriesValues values;  // by their name below /losses
  };
  Objective objective(Player player, Round& round);
  void log(const Objective& objective);

  // The gradient of the player's objective in this round, logged; none where it is frozen.
  Tensors gradients(Player player, Round& round);
  Tensors gradients(Player player, const Objective& objective);
  // Proposes one step of the player's optimizer along these, unless it is frozen.
  void propose_step(Player player, Tensors gradients);
  // One step of the terms' own modules along their own objectives, in the round of a discriminator
  // update.
  void propose_own(Round& round);
  // Puts the proposed parameters in place, unless the player is frozen.
  void commit(Player player);
  void commit_own();

  // Keeps what the terms logged in a round, and with `logits` what the discriminator said.
  void keep(const Round& round);
  void keep_logits(const Round& round);

  // The values of the last step, by their name below /losses.
  const SeriesValues& losses() const { return losses_; }
  // See Trainer::statistics().
  PoolVector<double> statistics(const std::string& player) const;
  // The moving average of the generator's parameters; empty where the spec asks for none.
  const Variables& average() const { return average_; }

  void scale_rates(double factor);
  void save(State& state) const;
  void restore(const State& state);

 private:
  Round::Setup round_setup(std::initializer_list<Player> trained) const;
  Variable evaluate(LossTerm& term, saddle::Objective objective, Round& round);
  void follow_average();

  Experiment& experiment_;
  // As messages name them.
  std::string described_generator_, described_discriminator_, described_dataset_;
  Trainee generator_, discriminator_;
  std::map<std::string, Trainee> own_;  // by term
  Batches batches_;
  std::int64_t step_ = 0;
  SeriesValues losses_;
  // What the discriminator said in its last update.
  Tensor real_logits_, generated_logits_;
  Variables average_;
};

}  // namespace saddle
