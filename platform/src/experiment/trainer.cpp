#include "experiment/trainer.hpp"

#include <saddle/autograd/grad.hpp>
#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/base/error.hpp>

#include "experiment/player_series.hpp"
#include "plugin/guard.hpp"

#include <cmath>
#include <utility>

namespace saddle {
namespace {

const char* name_of(Player player) {
  return player == Player::discriminator ? "discriminator" : "generator";
}

bool has_objective(const LossTerm& term, Player player) {
  return player == Player::discriminator ? term.objectives.discriminator
                                         : term.objectives.generator;
}

std::vector<Tensor> values(const std::vector<Variable>& variables) {
  std::vector<Tensor> tensors;
  for (const Variable& variable : variables) tensors.push_back(variable.value());
  return tensors;
}

}  // namespace

Trainer::Trainer(Experiment& experiment)
    : experiment_(experiment),
      generator_("generator", *experiment.generator,
                 experiment.spec.train.optimizer_of("generator"), experiment.steps),
      discriminator_("discriminator", *experiment.discriminator,
                     experiment.spec.train.optimizer_of("discriminator"), experiment.steps),
      batches_(*experiment.dataset, experiment.spec.train.batch * experiment.spec.train.packing,
               experiment.streams.child("data/shuffle")) {
  for (LossTerm& term : experiment.losses)
    if (term.objectives.own)
      own_.emplace(term.name,
                   Trainee(term.name, *term.loss, experiment.spec.train.optimizer_of(term.name),
                           experiment.steps));
  if (experiment.spec.train.average) average_ = generator_.parameters();
}

Trainee& Trainer::trainee(Player player) {
  return player == Player::discriminator ? discriminator_ : generator_;
}

// `batch_number` counts the discriminator's updates: the generator meets the real batch that the
// discriminator saw last.
std::unique_ptr<Round> Trainer::make_round(std::uint16_t update, std::vector<Player> trained,
                                           std::int64_t batch_number) {
  const TrainSpec& train = experiment_.spec.train;
  Round::Setup setup{};
  setup.generator = experiment_.generator.get();
  setup.discriminator = experiment_.discriminator.get();
  setup.generator_name = experiment_.spec.generator.described();
  setup.discriminator_name = experiment_.spec.discriminator.described();
  setup.shapes = &experiment_.shapes;
  setup.step = step_;
  setup.update = update;
  setup.packing = train.packing;
  for (const Player player : trained)
    if (trains(player))
      (player == Player::discriminator ? setup.trains_discriminator : setup.trains_generator) =
          true;
  setup.instance_noise = train.instance_noise.at(step_, experiment_.steps);
  setup.streams = &experiment_.streams;
  setup.draw_real = [this, batch_number] {
    return guarded(
        experiment_.spec.dataset.described() + " (samples, step " + std::to_string(step_) + ")",
        [&] { return batches_.batch(batch_number); });
  };
  setup.draw_latent = [this, update] {
    return experiment_.latents.draw(experiment_.streams.child("latent").at(step_, update),
                                    experiment_.spec.train.batch * experiment_.spec.train.packing);
  };
  return std::make_unique<Round>(std::move(setup));
}

bool Trainer::trains(Player player) const {
  return !experiment_.spec.train.freezes(name_of(player));
}

// One objective of one term, checked and logged.
Variable Trainer::evaluate(LossTerm& term, Player player, Round& round) {
  const std::string who =
      term.described + " (" + name_of(player) + " objective, step " + std::to_string(step_) + ")";
  round.enter_term(term.name, term.series_names());
  const Variable value = guarded(who, [&] {
    return player == Player::discriminator ? term.loss->discriminator(round)
                                           : term.loss->generator(round);
  });
  if (value.size() != 1)
    throw AttributedPluginError(who + " must return a scalar []; it returned " +
                                to_text(value.shape()) + ".");
  if (!all_finite(value.value())) throw DivergedError(who + " is not finite.");
  losses_[term.name + "-" + name_of(player)] = value.item();
  return value;
}

Trainer::Objective Trainer::objective(Player player, Round& round) {
  Objective sum{Variable::constant(0), {}};
  double total = 0;
  for (LossTerm& term : experiment_.losses) {
    if (!has_objective(term, player)) continue;
    const double weight = term.weight.at(step_, experiment_.steps);
    const Variable value = weight * evaluate(term, player, round);
    total += value.item();
    if (term.loss->separate())
      sum.separate.emplace_back(&term, value);
    else
      sum.joint = sum.joint + value;
  }
  losses_[name_of(player)] = total;
  return sum;
}

void Trainer::prepare(Player player, Round& round) {
  const Objective sum = objective(player, round);
  if (!trains(player)) return;
  const std::vector<Variable> parameters = trainee(player).parameters();
  std::vector<Tensor> gradients = values(grad(sum.joint, parameters));
  for (const auto& [term, value] : sum.separate)
    gradients = term->loss->combine(player, gradients, values(grad(value, parameters)));
  trainee(player).propose(step_, std::move(gradients));
}

// The objectives that train the terms' own modules, from the round of a discriminator update.
void Trainer::update_own_objectives(Round& round) {
  for (LossTerm& term : experiment_.losses) {
    if (!term.objectives.own) continue;
    const std::string who = term.described + " (own objective, step " + std::to_string(step_) + ")";
    round.enter_term(term.name, term.series_names());
    const Variable value = guarded(who, [&] { return term.loss->own(round); });
    if (!all_finite(value.value())) throw DivergedError(who + " is not finite.");
    losses_[term.name + "-own"] = value.item();
    Trainee& modules = own_.at(term.name);
    modules.propose(step_, values(grad(value, modules.parameters())));
    modules.commit();
  }
}

void Trainer::keep(const Round& round) {
  for (const auto& [name, value] : round.logged()) losses_[name] = value;
}

void Trainer::keep_logits(const Round& round) {
  const Outputs *real = round.known_real_outputs(), *generated = round.known_generated_outputs();
  real_logits_ = real ? real->logits().value() : zeros({0});
  generated_logits_ = generated ? generated->logits().value() : zeros({0});
}

std::vector<double> Trainer::statistics(const std::string& player) const {
  const auto restored = restored_statistics_.find(player);
  if (restored != restored_statistics_.end()) return restored->second;
  if (player == "discriminator")
    return player_statistics(discriminator_.norms(), real_logits_, generated_logits_);
  return player_statistics(player == "generator" ? generator_.norms() : own_.at(player).norms());
}

void Trainer::finish(Player player) {
  if (!trains(player)) return;
  trainee(player).commit();
  for (LossTerm& term : experiment_.losses)
    guarded(term.described + " (after_update, step " + std::to_string(step_) + ")",
            [&] { term.loss->after_update(player, trainee(player).module()); });
  if (player == Player::generator) follow_average();
}

void Trainer::alternate() {
  const TrainSpec& train = experiment_.spec.train;
  std::uint16_t update = 0;
  std::int64_t batch_number = (step_ - 1) * train.discriminator_steps;
  for (std::int64_t i = 0; i < train.discriminator_steps; ++i, ++update, ++batch_number) {
    const auto round = make_round(update, {Player::discriminator}, batch_number);
    prepare(Player::discriminator, *round);
    update_own_objectives(*round);
    finish(Player::discriminator);
    keep(*round);
    keep_logits(*round);
  }
  for (std::int64_t i = 0; i < train.generator_steps; ++i, ++update) {
    const auto round = make_round(update, {Player::generator}, batch_number - 1);
    prepare(Player::generator, *round);
    finish(Player::generator);
    keep(*round);
  }
}

void Trainer::update_together() {
  const auto round = make_round(0, {Player::discriminator, Player::generator}, step_ - 1);
  prepare(Player::discriminator, *round);
  prepare(Player::generator, *round);
  update_own_objectives(*round);
  finish(Player::discriminator);
  finish(Player::generator);
  keep(*round);
  keep_logits(*round);
}

void Trainer::follow_average() {
  const auto& average = experiment_.spec.train.average;
  if (!average) return;
  const double decay = step_ <= average->start ? 0 : average->decay;
  const NoHistory pause;
  const std::vector<Variable> now = generator_.parameters();
  for (std::size_t i = 0; i < now.size(); ++i)
    average_[i] = decay * average_[i] + (1 - decay) * now[i];
}

void Trainer::step() {
  step_ = done_ + 1;
  losses_.clear();
  restored_statistics_.clear();
  if (experiment_.spec.train.update == "simultaneous")
    update_together();
  else
    alternate();
  done_ = step_;
}

}  // namespace saddle
