#include "experiment/players.hpp"

#include <saddle/autograd/grad.hpp>
#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/base/error.hpp>

#include "autograd/node.hpp"
#include "experiment/player_series.hpp"
#include "plugin/guard.hpp"

#include <algorithm>
#include <utility>

namespace saddle {
namespace {

const char* name_of(Player player) {
  return player == Player::discriminator ? "discriminator" : "generator";
}

Objective objective_of(Player player) {
  return player == Player::discriminator ? Objective::discriminator : Objective::generator;
}

const char* name_of(Objective objective) {
  switch (objective) {
    case Objective::discriminator:
      return "discriminator objective";
    case Objective::generator:
      return "generator objective";
    case Objective::own:
      break;
  }
  return "own objective";
}

bool has_objective(const LossTerm& term, Player player) {
  return player == Player::discriminator ? term.objectives.discriminator
                                         : term.objectives.generator;
}

Tensors values(Variables gradients) {
  Tensors tensors;
  tensors.reserve(gradients.size());
  for (Variable& gradient : gradients) tensors.push_back(Node::take_value(std::move(gradient)));
  return tensors;
}

// What a plugin gives as gradients has the shapes of the parameters.
void check_gradients(const Who& who, const Tensors& gradients, const Variables& parameters) {
  if (gradients.size() != parameters.size())
    throw AttributedPluginError(who.text() + " must return " + std::to_string(parameters.size()) +
                                " tensors, one for each parameter; it returned " +
                                std::to_string(gradients.size()) + ".");
  for (std::size_t i = 0; i < gradients.size(); ++i)
    if (gradients[i].shape() != parameters[i].shape())
      throw AttributedPluginError(who.text() +
                                  " must return the shapes of the parameters: tensor " +
                                  std::to_string(i) + " is " + to_text(gradients[i].shape()) +
                                  " instead of " + to_text(parameters[i].shape()) + ".");
}

Trainee make_trainee(const std::string& name, Module& module, const Experiment& experiment) {
  const TrainSpec& train = experiment.spec.train;
  return Trainee(name, module, train.optimizer_of(name), train.clip_of(name), experiment.steps);
}

}  // namespace

Players::Players(Experiment& experiment)
    : experiment_(experiment),
      described_generator_(experiment.spec.generator.described()),
      described_discriminator_(experiment.spec.discriminator.described()),
      described_dataset_(experiment.spec.dataset.described()),
      generator_(make_trainee("generator", *experiment.generator, experiment)),
      discriminator_(make_trainee("discriminator", *experiment.discriminator, experiment)),
      batches_(*experiment.dataset, experiment.spec.train.batch * experiment.spec.train.packing,
               experiment.streams.child("data/shuffle")) {
  for (LossTerm& term : experiment.losses)
    if (term.objectives.own)
      own_.emplace(term.name, make_trainee(term.name, *term.loss, experiment));
  if (experiment.spec.train.average) average_ = generator_.parameters();
}

void Players::begin(std::int64_t step) {
  step_ = step;
  losses_.clear();
}

Trainee& Players::trainee(Player player) {
  return player == Player::discriminator ? discriminator_ : generator_;
}

const Trainee& Players::trainee(Player player) const {
  return player == Player::discriminator ? discriminator_ : generator_;
}

bool Players::trains(Player player) const { return !spec().freezes(name_of(player)); }

Round::Setup Players::round_setup(std::initializer_list<Player> trained) const {
  Round::Setup setup{};
  setup.generator = experiment_.generator.get();
  setup.discriminator = experiment_.discriminator.get();
  setup.generator_name = described_generator_;
  setup.discriminator_name = described_discriminator_;
  setup.shapes = &experiment_.shapes;
  setup.step = step_;
  setup.packing = spec().packing;
  for (const Player player : trained)
    if (trains(player))
      (player == Player::discriminator ? setup.trains_discriminator : setup.trains_generator) =
          true;
  setup.one_pass =
      std::none_of(experiment_.losses.begin(), experiment_.losses.end(),
                   [](const LossTerm& term) { return term.loss->differentiates_inputs(); });
  setup.instance_noise = spec().instance_noise.at(step_, experiment_.steps);
  setup.streams = &experiment_.streams;
  return setup;
}

std::unique_ptr<Round> Players::round(std::uint16_t update, std::initializer_list<Player> trained,
                                      std::int64_t batch) {
  Round::Setup setup = round_setup(trained);
  setup.update = update;
  setup.draw_real = [this, batch] {
    return guarded({described_dataset_, "samples", step_}, [&] { return batches_.batch(batch); });
  };
  setup.draw_latent = [this, update] {
    // Labels come from the dataset.
    return guarded({described_dataset_, "labels", step_}, [&] {
      return experiment_.latents.draw(experiment_.streams.child("latent").at(step_, update),
                                      spec().batch * spec().packing);
    });
  };
  return std::make_unique<Round>(std::move(setup));
}

// One objective of one term, checked.
Variable Players::evaluate(LossTerm& term, saddle::Objective objective, Round& round) {
  const Who who(term.described, name_of(objective), step_);
  round.enter_term(term.name, term.series_names, objective);
  const Variable value = guarded(who, [&] {
    switch (objective) {
      case saddle::Objective::discriminator:
        return term.loss->discriminator(round);
      case saddle::Objective::generator:
        return term.loss->generator(round);
      case saddle::Objective::own:
        break;
    }
    return term.loss->own(round);
  });
  if (value.size() != 1)
    throw AttributedPluginError(who.text() + " must return a scalar []; it returned " +
                                to_text(value.shape()) + ".");
  if (!all_finite(value.value())) throw DivergedError(who.text() + " is not finite.");
  return value;
}

Players::Objective Players::objective(Player player, Round& round) {
  Objective sum{Variable::constant(0), {}, {}};
  double total = 0;
  for (LossTerm& term : experiment_.losses) {
    if (!has_objective(term, player)) continue;
    const Variable plain = evaluate(term, objective_of(player), round);
    const Variable value = term.weight.at(step_, experiment_.steps) * plain;
    sum.values[pool_text({term.name, "-", name_of(player)})] = plain.item();
    total += value.item();
    if (term.loss->separate())
      sum.separate.emplace_back(&term, value);
    else
      sum.joint = sum.joint + value;
  }
  sum.values[name_of(player)] = total;
  return sum;
}

void Players::log(const Objective& objective) {
  for (const auto& [name, value] : objective.values) losses_[name] = value;
}

Tensors Players::gradients(Player player, const Objective& objective) {
  if (!trains(player)) return {};
  const Variables parameters = trainee(player).parameters();
  Tensors found = values(grad(objective.joint, parameters));
  for (const auto& separate : objective.separate) {
    const LossTerm& term = *separate.first;
    const Who who(term.described, "combine", step_);
    found = guarded(who, [&] {
      return term.loss->combine(player, found, values(grad(separate.second, parameters)));
    });
    check_gradients(who, found, parameters);
  }
  return found;
}

Tensors Players::gradients(Player player, Round& round) {
  const Objective found = objective(player, round);
  log(found);
  return gradients(player, found);
}

void Players::propose_step(Player player, Tensors gradients) {
  if (!trains(player)) return;
  trainee(player).propose_step(step_, std::move(gradients));
}

void Players::propose_own(Round& round) {
  for (LossTerm& term : experiment_.losses) {
    if (!term.objectives.own) continue;
    const Variable value = evaluate(term, saddle::Objective::own, round);
    losses_[pool_text({term.name, "-own"})] = value.item();
    Trainee& modules = own_.at(term.name);
    modules.propose_step(step_, values(grad(value, modules.parameters())));
  }
}

void Players::commit_own() {
  for (auto& [name, modules] : own_) modules.commit();
}

void Players::commit(Player player) {
  if (!trains(player)) return;
  trainee(player).commit();
  for (LossTerm& term : experiment_.losses)
    guarded({term.described, "after_update", step_},
            [&] { term.loss->after_update(player, trainee(player).module()); });
  if (player == Player::generator) follow_average();
}

void Players::follow_average() {
  const auto& average = spec().average;
  if (!average) return;
  const double decay = step_ <= average->start ? 0 : average->decay;
  const NoHistory pause;
  const Variables now = generator_.parameters();
  for (std::size_t i = 0; i < now.size(); ++i)
    average_[i] = decay * average_[i] + (1 - decay) * now[i];
}

void Players::keep(const Round& round) {
  for (const auto& [name, value] : round.logged()) losses_[name] = value;
}

void Players::keep_logits(const Round& round) {
  const Outputs *real = round.known_real_outputs(), *generated = round.known_generated_outputs();
  real_logits_ = real ? real->logits().value() : zeros({0});
  generated_logits_ = generated ? generated->logits().value() : zeros({0});
}

PoolVector<double> Players::statistics(const std::string& player) const {
  if (player == "discriminator")
    return player_statistics(discriminator_.norms(), real_logits_, generated_logits_);
  return player_statistics(player == "generator" ? generator_.norms() : own_.at(player).norms());
}

}  // namespace saddle
