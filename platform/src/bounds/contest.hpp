#pragma once

#include <saddle/bounds/variational.hpp>
#include <saddle/nn/context.hpp>
#include <saddle/nn/module.hpp>

#include <memory>

namespace saddle::bounds {

// Paired rows, x [n, dx] and y [n, dy].
struct PairBatch {
  Tensor x, y;
};

// One variational estimator: a critic, and the bound that it serves.
class Contest : public Module {
 public:
  ~Contest() override;
  // What a training step maximises. It may keep a running average.
  virtual Variable objective(const PairBatch& batch, Context& context) = 0;
  // The same on held-out pairs, and the estimate, without traces.
  virtual double judge(const PairBatch& held_out, Context& context) = 0;
  virtual double value(const PairBatch& held_out, Context& context) = 0;
};

// The contest of a name of `variational_names` for this many columns. Throws SpecError for another.
std::unique_ptr<Contest> make_contest(const std::string& name, std::size_t dx, std::size_t dy,
                                      const VariationalOptions& options);

}  // namespace saddle::bounds
