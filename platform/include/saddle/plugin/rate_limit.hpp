#pragma once

#include <saddle/base/export.hpp>
#include <saddle/base/schema.hpp>
#include <saddle/nn/module.hpp>

namespace saddle {

// The options of a RateLimit; an Options struct inherits these.
struct RateLimitOptions {
  double information = 0.2;
  double beta = 0;
  double beta_step = 1e-6;
};

template <class O>
void describe_rate_limit(Schema& s) {
  s.field(static_cast<double O::*>(&O::information), "information",
          "I_c, what the code may carry about its input")
      .unit("nats")
      .range(0, 1e6);
  s.field(static_cast<double O::*>(&O::beta), "beta", "the multiplier at the start")
      .unit("1 / nats")
      .range(0, 1e6);
  s.field(static_cast<double O::*>(&O::beta_step), "beta_step",
          "how far the multiplier moves at an update, by each nat of excess; 0 holds it")
      .range(0, 1e6);
}

// Holds the rate of a stochastic code, in nats, below I_c by a Lagrange multiplier (Peng et al.
// 2019, equations 8 and 9): dual ascent after each update,
//   beta <- max(0, beta + beta_step (rate - I_c)).
class SADDLE_API RateLimit final : public Module {
 public:
  explicit RateLimit(const RateLimitOptions& options);
  ~RateLimit() override;

  // beta (rate - I_c), to be minimised: [] -> [].
  Variable price(const Variable& rate) const;
  // Proposes the next beta. Not to be called for a rate that is only tried out.
  void propose(const Variable& rate);
  // After an update was committed.
  void commit();
  double beta() const;

 private:
  RateLimitOptions options_;
  // [1]; the rest is what rounding took off, since small steps would get lost.
  Buffer &beta_, &rest_;
};

}  // namespace saddle
