#include "experiment/trainee.hpp"

#include <saddle/base/error.hpp>

#include "base/digest.hpp"
#include "tensor/kernels.hpp"

#include <cassert>
#include <cmath>
#include <limits>
#include <utility>

namespace saddle {

Trainee::Trainee(std::string name, Module& module, const OptimizerChoice& optimizer,
                 std::optional<ClipLimit> clip, std::int64_t steps)
    : name_(std::move(name)),
      module_(module),
      parameters_(module.parameters()),
      optimizer_(optimizer.make()),
      clip_(std::move(clip)),
      rate_(optimizer.rate()),
      steps_(steps),
      last_rate_(rate_.at(0, steps)) {
  for (const NamedParameter& parameter : parameters_)
    slots_.emplace_back(optimizer_->slot_names().size(), zeros(parameter.variable->shape()));
}

std::vector<Variable> Trainee::parameters() const {
  std::vector<Variable> values;
  for (const NamedParameter& parameter : parameters_) values.push_back(*parameter.variable);
  return values;
}

void Trainee::refuse(std::int64_t step, const char* what, std::size_t index) const {
  throw DivergedError("step " + std::to_string(step) + ": the " + what + " of the " + name_ +
                      "'s '" + parameters_[index].path + "' is not finite.");
}

const std::vector<Tensor>& Trainee::begin_update(std::int64_t step, std::vector<Tensor> gradients) {
  assert(gradients.size() == parameters_.size());
  for (std::size_t i = 0; i < gradients.size(); ++i)
    if (!all_finite(gradients[i])) refuse(step, "gradient", i);
  ++updates_;
  last_rate_ = rate(step);
  gradients_ = std::move(gradients);
  if (!clip_) return gradients_;
  clipped_ = clipped(*clip_, gradients_);
  return clipped_;
}

std::vector<Tensor> Trainee::advance(std::int64_t step, std::vector<Tensor> gradients) {
  const std::vector<Tensor>& bounded = begin_update(step, std::move(gradients));
  std::vector<Tensor> values;
  for (std::size_t i = 0; i < bounded.size(); ++i)
    values.push_back(optimizer_->step(parameters_[i].variable->value(), bounded[i], slots_[i],
                                      updates_, last_rate_));
  return values;
}

std::vector<Tensor> Trainee::changes(std::int64_t step, std::vector<Tensor> gradients) {
  const std::vector<Tensor>& bounded = begin_update(step, std::move(gradients));
  std::vector<Tensor> found;
  for (std::size_t i = 0; i < bounded.size(); ++i)
    found.push_back(optimizer_->change(parameters_[i].variable->value(), bounded[i], slots_[i],
                                       updates_, last_rate_));
  return found;
}

void Trainee::propose(std::int64_t step, std::vector<Tensor> values) {
  assert(values.size() == parameters_.size());
  for (std::size_t i = 0; i < values.size(); ++i)
    if (!all_finite(values[i])) refuse(step, "new value", i);
  proposed_ = std::move(values);
}

Trainee::Ahead Trainee::ahead() const {
  Ahead ahead{parameters(), {}, updates_};
  for (const std::vector<Tensor>& slots : slots_)
    ahead.slots.emplace_back(slots.begin(), slots.end());
  return ahead;
}

void Trainee::go_ahead(Ahead& ahead, std::int64_t step, std::vector<Variable> gradients) const {
  if (clip_) gradients = clipped(*clip_, std::move(gradients));
  ++ahead.updates;
  for (std::size_t i = 0; i < gradients.size(); ++i)
    ahead.parameters[i] = optimizer_->step(ahead.parameters[i], gradients[i], ahead.slots[i],
                                           ahead.updates, rate(step));
}

void Trainee::commit() {
  before_ = parameters();
  for (std::size_t i = 0; i < parameters_.size(); ++i)
    *parameters_[i].variable = Variable::leaf(std::move(proposed_[i]));
  proposed_.clear();
  for (const NamedBuffer& named : module_.buffers()) named.buffer->commit();
}

std::string Trainee::slot_path(std::size_t parameter, std::size_t slot) const {
  return name_ + "/optimizer/" + optimizer_->slot_names()[slot] + "/" + parameters_[parameter].path;
}

void Trainee::save(State& state) const {
  save_module(name_, module_, state);
  state.numbers[name_ + "/updates"] = static_cast<double>(updates_);
  for (std::size_t i = 0; i < slots_.size(); ++i)
    for (std::size_t slot = 0; slot < slots_[i].size(); ++slot)
      state.tensors[slot_path(i, slot)] = slots_[i][slot];
}

void Trainee::restore(const State& state) {
  restore_module(name_, module_, state);
  updates_ = static_cast<std::int64_t>(state.number(name_ + "/updates"));
  before_.clear();
  for (std::size_t i = 0; i < slots_.size(); ++i)
    for (std::size_t slot = 0; slot < slots_[i].size(); ++slot)
      slots_[i][slot] = state.tensor(slot_path(i, slot), slots_[i][slot].shape());
}

double Trainee::digest() const {
  Digest digest;
  for (const NamedParameter& parameter : parameters_) {
    const Tensor& value = parameter.variable->value();
    digest.update(value.data(), value.size() * sizeof(Scalar));
  }
  return digest.number();
}

UpdateNorms Trainee::norms() const {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  double parameters = 0, gradient = 0, before = 0, change = 0;
  // There was no update yet, or none since the state was restored.
  if (before_.empty()) {
    for (const NamedParameter& parameter : parameters_)
      parameters += squared_norm(parameter.variable->value());
    return {std::sqrt(parameters), kNone, kNone, kNone, digest()};
  }
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    const kernels::SquaredNorms norms =
        kernels::squared_norms(parameters_[i].variable->value(), before_[i].value());
    parameters += norms.a;
    before += norms.b;
    change += norms.difference;
    gradient += squared_norm(gradients_[i]);
  }
  return {std::sqrt(parameters), std::sqrt(gradient), std::sqrt(change / before), last_rate_,
          digest()};
}

}  // namespace saddle
