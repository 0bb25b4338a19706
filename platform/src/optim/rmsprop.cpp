#include "optim/rmsprop.hpp"

#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/autograd/ops/math.hpp>

#include <cmath>

namespace saddle {
namespace {

struct Pass {
  Scalar decay, fresh, epsilon, momentum, weight_decay, rate, share;
};

void update_all(std::size_t count, const Scalar* __restrict w, const Scalar* __restrict gradient,
                Scalar* __restrict s, Scalar* __restrict v, Scalar* __restrict out, Pass p) {
  for (std::size_t i = 0; i < count; ++i) {
    const Scalar g = gradient[i] + p.weight_decay * w[i];
    s[i] = p.decay * s[i] + p.fresh * (g * g);
    v[i] = p.momentum * v[i] + g / (std::sqrt(s[i]) + p.epsilon);
    out[i] = p.share * w[i] - p.rate * v[i];
  }
}

}  // namespace

void RmsProp::Options::describe(Schema& s) {
  s.field(&Options::lr, "lr", "learning rate, or its schedule");
  s.field(&Options::decay, "decay", "of the running mean of squared gradients").range(0, 0.9999999);
  s.field(&Options::epsilon, "epsilon", "added to its root").range(0, 1);
  s.field(&Options::momentum, "momentum",
          "share of the running sum of scaled gradients that is kept")
      .range(-1, 1);
  s.field(&Options::weight_decay, "weight_decay", "weight of |w|^2 / 2 in the objective")
      .range(0, 1e6);
}

const std::vector<std::string>& RmsProp::slot_names() const {
  static const std::vector<std::string> names = {"square", "velocity"};
  return names;
}

std::unique_ptr<Optimizer::Kernel> RmsProp::kernel(std::int64_t, double rate, double share) const {
  const auto narrow = [](double x) { return static_cast<Scalar>(x); };
  const Pass pass{narrow(options_.decay),
                  narrow(1 - options_.decay),
                  narrow(options_.epsilon),
                  narrow(options_.momentum),
                  narrow(options_.weight_decay),
                  narrow(rate),
                  narrow(share)};
  return make_kernel([pass](const Numbers& n) {
    update_all(n.count, n.parameter, n.gradient, n.slots[0], n.slots[1], n.out, pass);
  });
}

Variable RmsProp::step(const Variable& w, const Variable& gradient, Variables& slots, std::int64_t,
                       double rate) const {
  const Variable g = gradient + options_.weight_decay * w;
  slots[0] = options_.decay * slots[0] + (1 - options_.decay) * square(g);
  slots[1] = options_.momentum * slots[1] + g / (sqrt_above(slots[0], 0) + options_.epsilon);
  return w - rate * slots[1];
}

}  // namespace saddle
