#include "bounds/training.hpp"

#include <saddle/autograd/grad.hpp>
#include <saddle/autograd/ops/arithmetic.hpp>

#include "optim/adam.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace saddle::bounds {
namespace {

class Ascent {
 public:
  Ascent(Module& module, const Training& training)
      : parameters_(module.parameters()), training_(training), adam_(adam(training)) {
    for (const NamedParameter& parameter : parameters_) {
      slots_.emplace_back(adam_.slot_names().size(), zeros(parameter.variable->shape()));
      average_.push_back(parameter.variable->value());
    }
  }

  // Whether all gradients were finite; where one is not, nothing moves.
  bool step(const Variable& objective) {
    Variables values;
    for (const NamedParameter& parameter : parameters_) values.push_back(*parameter.variable);
    const Variables gradients = grad(-objective, values);
    for (const Variable& gradient : gradients)
      if (!all_finite(gradient.value())) return false;
    ++updates_;
    for (std::size_t i = 0; i < values.size(); ++i) {
      Tensor next = adam_.step(values[i].value(), gradients[i].value(), slots_[i], updates_,
                               training_.learning_rate);
      follow(average_[i], next);
      *parameters_[i].variable = Variable::leaf(std::move(next));
    }
    return true;
  }

  // Puts the averages in place of the parameters, or the other way round.
  void exchange() {
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
      Tensor before = parameters_[i].variable->value();
      *parameters_[i].variable = Variable::leaf(std::move(average_[i]));
      average_[i] = std::move(before);
    }
  }
  Tensors values() const {
    Tensors values;
    for (const NamedParameter& parameter : parameters_)
      values.push_back(parameter.variable->value());
    return values;
  }
  void set(const Tensors& values) {
    for (std::size_t i = 0; i < values.size(); ++i)
      *parameters_[i].variable = Variable::leaf(values[i]);
  }

 private:
  static Adam adam(const Training& training) {
    Adam::Options options;
    options.weight_decay = training.weight_decay;
    options.decoupled = true;
    return Adam(options);
  }
  // At first a plain mean, so that the initial weights are soon forgotten.
  void follow(Tensor& average, const Tensor& value) const {
    const auto t = static_cast<double>(updates_);
    const auto kept = static_cast<Scalar>(std::min(training_.average, (t - 1) / (t + 9)));
    for (std::size_t k = 0; k < value.size(); ++k)
      average.data()[k] = kept * average.data()[k] + (1 - kept) * value.data()[k];
  }

  std::vector<NamedParameter> parameters_;
  Training training_;
  Adam adam_;
  std::vector<Tensors> slots_;
  Tensors average_;
  std::int64_t updates_ = 0;
};

}  // namespace

double train(Module& module, const Training& training,
             const std::function<Variable(std::int64_t)>& objective,
             const std::function<double()>& judge) {
  Ascent ascent(module, training);
  Tensors best = ascent.values();
  double highest = judge();
  std::size_t waited = 0;
  for (std::size_t step = 0; step < training.steps && waited < training.patience; ++step) {
    if (!ascent.step(objective(static_cast<std::int64_t>(step)))) break;
    if ((step + 1) % training.every != 0 && step + 1 != training.steps) continue;
    ascent.exchange();
    const double value = judge();
    if (!std::isfinite(value)) break;
    ++waited;
    if (value > highest || !std::isfinite(highest)) {
      highest = value;
      best = ascent.values();
      waited = 0;
    }
    ascent.exchange();
  }
  ascent.set(best);
  return highest;
}

}  // namespace saddle::bounds
