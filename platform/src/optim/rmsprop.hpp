#pragma once

#include <saddle/base/schema.hpp>

#include "optim/optimizer.hpp"
#include "optim/schedule.hpp"

#include <memory>

namespace saddle {

// s <- decay s + (1 - decay) g^2;  v <- momentum v + g / (sqrt s + epsilon);  w <- w - rate v
// (Tieleman and Hinton 2012, with decay 0.9; the default here is PyTorch's).
class RmsProp final : public Optimizer {
 public:
  struct Options {
    Schedule lr = Schedule::of(0.001);
    double decay = 0.99;
    double epsilon = 1e-8;
    double momentum = 0;
    double weight_decay = 0;
    static void describe(Schema& schema);
  };
  explicit RmsProp(const Options& options) : options_(options) {}
  const std::vector<std::string>& slot_names() const override;
  using Optimizer::step;
  Variable step(const Variable& parameter, const Variable& gradient, Variables& slots,
                std::int64_t update, double rate) const override;

 protected:
  std::unique_ptr<Kernel> kernel(std::int64_t update, double rate, double share) const override;

 private:
  Options options_;
};

}  // namespace saddle
