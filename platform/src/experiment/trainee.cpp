#include "experiment/trainee.hpp"

#include <saddle/base/error.hpp>

#include "base/digest.hpp"
#include "tensor/kernels.hpp"

#include <cassert>
#include <cmath>
#include <limits>
#include <utility>

namespace saddle {
namespace {

// Squares may leave the range of doubles where the numbers do not.
bool is_finite(double squares, const Tensor& x) { return std::isfinite(squares) || all_finite(x); }

void measure(const Tensor& before, const Tensor& after, UpdateSquares& squares) {
  squares.before = squared_norm(before);
  squares.after = squared_norm(after);
  squares.change = kernels::sum_of_squares(after.data(), before.data(), after.size());
}

}  // namespace

Trainee::Trainee(std::string name, Module& module, const OptimizerChoice& optimizer,
                 std::optional<ClipLimit> clip, std::int64_t steps)
    : name_(std::move(name)),
      module_(module),
      parameters_(module.parameters()),
      buffers_(module.buffers()),
      optimizer_(optimizer.make()),
      clip_(std::move(clip)),
      rate_(optimizer.rate()),
      steps_(steps),
      last_rate_(rate_.at(0, steps)) {
  for (const NamedParameter& parameter : parameters_)
    slots_.emplace_back(optimizer_->slot_names().size(), zeros(parameter.variable->shape()));
}

Variables Trainee::parameters() const {
  Variables values;
  values.reserve(parameters_.size());
  for (const NamedParameter& parameter : parameters_) values.push_back(*parameter.variable);
  return values;
}

void Trainee::refuse(std::int64_t step, const char* what, std::size_t index) const {
  throw DivergedError("step " + std::to_string(step) + ": the " + what + " of the " + name_ +
                      "'s '" + parameters_[index].path + "' is not finite.");
}

const Tensors& Trainee::begin_update(std::int64_t step, Tensors gradients) {
  assert(gradients.size() == parameters_.size());
  ++updates_;
  last_rate_ = rate(step);
  squares_.assign(gradients.size(), {});
  gradients_ = std::move(gradients);
  if (!clip_) return gradients_;
  clipped_ = clipped(*clip_, gradients_);
  return clipped_;
}

void Trainee::end_update(std::int64_t step) {
  for (std::size_t i = 0; i < gradients_.size(); ++i) {
    double& squares = squares_[i].gradient;
    if (clip_) squares = squared_norm(gradients_[i]);
    if (!is_finite(squares, gradients_[i])) refuse(step, "gradient", i);
  }
  gradients_.clear();
  clipped_.clear();
}

Tensors Trainee::advance(std::int64_t step, Tensors gradients) {
  const Tensors& bounded = begin_update(step, std::move(gradients));
  Tensors values;
  values.reserve(bounded.size());
  for (std::size_t i = 0; i < bounded.size(); ++i)
    values.push_back(optimizer_->step(parameters_[i].variable->value(), bounded[i], slots_[i],
                                      updates_, last_rate_, &squares_[i]));
  end_update(step);
  return values;
}

Tensors Trainee::changes(std::int64_t step, Tensors gradients) {
  const Tensors& bounded = begin_update(step, std::move(gradients));
  Tensors found;
  found.reserve(bounded.size());
  for (std::size_t i = 0; i < bounded.size(); ++i)
    found.push_back(optimizer_->change(parameters_[i].variable->value(), bounded[i], slots_[i],
                                       updates_, last_rate_, &squares_[i]));
  end_update(step);
  return found;
}

void Trainee::require_finite(std::int64_t step, const Tensors& values) const {
  for (std::size_t i = 0; i < values.size(); ++i)
    if (!is_finite(squares_[i].after, values[i])) refuse(step, "new value", i);
}

void Trainee::propose(std::int64_t step, Tensors values) {
  assert(values.size() == parameters_.size());
  for (std::size_t i = 0; i < values.size(); ++i)
    measure(parameters_[i].variable->value(), values[i], squares_[i]);
  require_finite(step, values);
  proposed_ = std::move(values);
}

void Trainee::propose_step(std::int64_t step, Tensors gradients) {
  Tensors values = advance(step, std::move(gradients));
  require_finite(step, values);
  proposed_ = std::move(values);
}

Trainee::Ahead Trainee::ahead() const {
  Ahead ahead{parameters(), {}, updates_};
  for (const Tensors& slots : slots_) ahead.slots.emplace_back(slots.begin(), slots.end());
  return ahead;
}

void Trainee::go_ahead(Ahead& ahead, std::int64_t step, Variables gradients) const {
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
  after_ = parameters();
  for (const NamedBuffer& named : buffers_) named.buffer->commit();
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
  after_.clear();
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

UpdateSquares Trainee::squares(std::size_t parameter) const {
  UpdateSquares squares = squares_[parameter];
  const Tensor& now = parameters_[parameter].variable->value();
  if (&now != &after_[parameter].value()) measure(before_[parameter].value(), now, squares);
  return squares;
}

UpdateNorms Trainee::norms() const {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  UpdateSquares sum;
  // There was no update yet, or none since the state was restored.
  if (before_.empty()) {
    for (const NamedParameter& parameter : parameters_)
      sum.after += squared_norm(parameter.variable->value());
    return {std::sqrt(sum.after), kNone, kNone, kNone, digest()};
  }
  for (std::size_t i = 0; i < parameters_.size(); ++i) sum += squares(i);
  return {std::sqrt(sum.after), std::sqrt(sum.gradient), std::sqrt(sum.change / sum.before),
          last_rate_, digest()};
}

}  // namespace saddle
