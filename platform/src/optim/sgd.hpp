#pragma once

#include <saddle/base/schema.hpp>

#include "optim/optimizer.hpp"
#include "optim/schedule.hpp"

#include <memory>

namespace saddle {

// v <- momentum v + g + decay w;  w <- w - rate v   (heavy ball as in PyTorch; that of
// Sutskever et al. 2013, v <- momentum v - rate g, at a constant rate).
class Sgd final : public Optimizer {
 public:
  struct Options {
    Schedule lr = Schedule::of(0.01);
    double momentum = 0;
    double weight_decay = 0;
    static void describe(Schema& schema);
  };
  explicit Sgd(const Options& options) : options_(options) {}
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
