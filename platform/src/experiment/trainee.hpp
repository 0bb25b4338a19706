#pragma once

#include <saddle/nn/module.hpp>

#include "experiment/state.hpp"
#include "optim/choice.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace saddle {

// How the last update of a trainee went. Not defined values are NaN: there was no update yet.
struct UpdateNorms {
  double parameters;     // |w|, after the update
  double gradient;       // |g|
  double update_ratio;   // |w after - w before| / |w before|
  double learning_rate;  // by its schedule, after rollbacks
  double digest;         // of the parameters
};

// A player, or the modules of a loss term, with the optimizer that trains it.
class Trainee {
 public:
  // `module` must outlive the trainee; `steps` is the length of the run, for schedules.
  Trainee(std::string name, Module& module, const OptimizerChoice& optimizer, std::int64_t steps);

  const std::string& name() const { return name_; }
  Module& module() const { return module_; }
  // The parameters now, in the order of Module::parameters().
  std::vector<Variable> parameters() const;

  // Computes the next parameters. Throws DivergedError, naming the tensor, where a gradient or a
  // new parameter is not finite; then nothing has been committed.
  void propose(std::int64_t step, std::vector<Tensor> gradients);
  // Puts them in place, with what the buffers proposed.
  void commit();
  UpdateNorms norms() const;

  // From here on the learning rate is its schedule times `factor`.
  void scale_rate(double factor) { rate_scale_ = factor; }
  // The module and what the optimizer remembers of it, below "<name>/".
  void save(State& state) const;
  void restore(const State& state);

 private:
  double digest() const;
  std::string slot_path(std::size_t parameter, std::size_t slot) const;
  [[noreturn]] void refuse(std::int64_t step, const char* what, std::size_t index) const;

  std::string name_;
  Module& module_;
  std::vector<NamedParameter> parameters_;
  std::unique_ptr<Optimizer> optimizer_;
  Schedule rate_;
  double rate_scale_ = 1;
  std::int64_t steps_;
  std::int64_t updates_ = 0;
  std::vector<std::vector<Tensor>> slots_;
  std::vector<Tensor> proposed_;
  // Of the last update, for its norms.
  std::vector<Tensor> gradients_;
  std::vector<Variable> before_;
  double last_rate_;
};

}  // namespace saddle
