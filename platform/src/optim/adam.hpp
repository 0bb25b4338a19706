#pragma once

#include <saddle/base/schema.hpp>

#include "optim/optimizer.hpp"
#include "optim/schedule.hpp"

#include <memory>

namespace saddle {

// m <- beta1 m + (1 - beta1) g;  v <- beta2 v + (1 - beta2) g^2;
// w <- w - rate (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)
// (Kingma and Ba 2015, algorithm 1; with `amsgrad` the largest v so far, Reddi et al. 2018, here
// with the correction of its bias, as in PyTorch; with `decoupled` the weight decay acts on w
// alone, Loshchilov and Hutter 2019.)
class Adam final : public Optimizer {
 public:
  struct Options {
    Schedule lr = Schedule::of(0.001);
    double beta1 = 0.9, beta2 = 0.999;
    double epsilon = 1e-8;
    double weight_decay = 0;
    bool decoupled = false;
    bool amsgrad = false;
    static void describe(Schema& schema);
  };
  explicit Adam(const Options& options) : options_(options) {}
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
