#pragma once

#include <saddle/nn/module.hpp>

#include "experiment/state.hpp"
#include "optim/choice.hpp"
#include "optim/clip.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace saddle {

// How the last update of a trainee went. Not defined values are NaN: there was no update yet.
struct UpdateNorms {
  double parameters;     // |w|, after the update
  double gradient;       // |g|, before clipping
  double update_ratio;   // |w after - w before| / |w before|
  double learning_rate;  // by its schedule, after rollbacks
  double digest;         // of the parameters
};

// A player, or the modules of a loss term, with the optimizer that trains it.
class Trainee {
 public:
  // `module` must outlive the trainee; `steps` is the length of the run, for schedules.
  Trainee(std::string name, Module& module, const OptimizerChoice& optimizer,
          std::optional<ClipLimit> clip, std::int64_t steps);

  const std::string& name() const { return name_; }
  Module& module() const { return module_; }
  // The parameters now, in the order of Module::parameters().
  Variables parameters() const;

  // The updates so far.
  std::int64_t updates() const { return updates_; }

  // One step of the optimizer, which remembers it: the parameters that it leads to. Throws
  // DivergedError, naming the tensor, where a gradient is not finite.
  Tensors advance(std::int64_t step, Tensors gradients);
  // The same as what it adds to the parameters.
  Tensors changes(std::int64_t step, Tensors gradients);
  // The next parameters. Throws DivergedError where one is not finite; then nothing has been
  // committed.
  void propose(std::int64_t step, Tensors values);
  // Proposes what advance() leads to.
  void propose_step(std::int64_t step, Tensors gradients);
  // Puts them in place, with what the buffers proposed.
  void commit();
  UpdateNorms norms() const;

  // From here on the learning rate is its schedule times `factor`.
  void scale_rate(double factor) { rate_scale_ = factor; }
  // The module and what the optimizer remembers of it, below "<name>/".
  void save(State& state) const;
  void restore(const State& state);

  // Parameters on a path of steps that are not taken, with what the optimizer would remember.
  struct Ahead {
    Variables parameters;
    std::vector<Variables> slots;
    std::int64_t updates;
  };
  // Where the trainee is now.
  Ahead ahead() const;
  // One step further, in ops.
  void go_ahead(Ahead& ahead, std::int64_t step, Variables gradients) const;

 private:
  // The gradients as the optimizer gets them.
  const Tensors& begin_update(std::int64_t step, Tensors gradients);
  // Throws where one of them is not finite.
  void end_update(std::int64_t step);
  void require_finite(std::int64_t step, const Tensors& values) const;
  // What the last update of a parameter was, with what changed it since.
  UpdateSquares squares(std::size_t parameter) const;
  double rate(std::int64_t step) const { return rate_scale_ * rate_.at(step, steps_); }
  double digest() const;
  std::string slot_path(std::size_t parameter, std::size_t slot) const;
  [[noreturn]] void refuse(std::int64_t step, const char* what, std::size_t index) const;

  std::string name_;
  Module& module_;
  std::vector<NamedParameter> parameters_;
  std::vector<NamedBuffer> buffers_;
  std::unique_ptr<Optimizer> optimizer_;
  std::optional<ClipLimit> clip_;
  Schedule rate_;
  double rate_scale_ = 1;
  std::int64_t steps_;
  std::int64_t updates_ = 0;
  std::vector<Tensors> slots_;
  Tensors proposed_;
  // During an update.
  Tensors gradients_, clipped_;
  // Of the last one, by parameter: what it was, and the values before and after.
  std::vector<UpdateSquares> squares_;
  Variables before_, after_;
  double last_rate_;
};

}  // namespace saddle
