#include <saddle/plugin/rate_limit.hpp>

#include <saddle/autograd/ops/arithmetic.hpp>

#include <algorithm>

namespace saddle {

RateLimit::RateLimit(const RateLimitOptions& options)
    : options_(options),
      beta_(buffer("beta", {1}, init::constant(options.beta))),
      rest_(buffer("beta-rest", {1}, init::constant(0))) {}

RateLimit::~RateLimit() = default;

double RateLimit::beta() const {
  return double{*beta_.value().data()} + double{*rest_.value().data()};
}

void RateLimit::commit() {
  beta_.commit();
  rest_.commit();
}

Variable RateLimit::price(const Variable& rate) const {
  return beta() * (rate - options_.information);
}

void RateLimit::propose(const Variable& rate) {
  const double excess = double{rate.item()} - options_.information;
  const double next = std::max(0.0, beta() + options_.beta_step * excess);
  const Tensor rounded = full({1}, next);
  rest_.propose(full({1}, next - double{*rounded.data()}));
  beta_.propose(rounded);
}

}  // namespace saddle
