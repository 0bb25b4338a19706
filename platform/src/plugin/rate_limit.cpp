#include <saddle/plugin/rate_limit.hpp>

#include <saddle/autograd/ops/arithmetic.hpp>

#include <algorithm>

namespace saddle {

RateLimit::RateLimit(const RateLimitOptions& options)
    : options_(options), beta_(buffer("beta", {1}, init::constant(options.beta))) {}

RateLimit::~RateLimit() = default;

double RateLimit::beta() const { return double{*beta_.value().data()}; }

Variable RateLimit::price(const Variable& rate) {
  const double excess = double{rate.item()} - options_.information;
  beta_.propose(full({1}, std::max(0.0, beta() + options_.beta_step * excess)));
  return beta() * (rate - options_.information);
}

}  // namespace saddle
