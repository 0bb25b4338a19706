#include "optim/sgd.hpp"

#include <saddle/autograd/ops/arithmetic.hpp>

namespace saddle {
namespace {

struct Pass {
  Scalar momentum, decay, rate, share;
};

void update_all(std::size_t count, const Scalar* __restrict w, const Scalar* __restrict g,
                Scalar* __restrict v, Scalar* __restrict out, Pass p) {
  for (std::size_t i = 0; i < count; ++i) {
    v[i] = p.momentum * v[i] + (g[i] + p.decay * w[i]);
    out[i] = p.share * w[i] - p.rate * v[i];
  }
}

}  // namespace

void Sgd::Options::describe(Schema& s) {
  s.field(&Options::lr, "lr", "learning rate, or its schedule");
  s.field(&Options::momentum, "momentum", "share of the running sum of gradients that is kept")
      .range(-1, 1);
  s.field(&Options::weight_decay, "weight_decay", "weight of |w|^2 / 2 in the objective")
      .range(0, 1e6);
}

const std::vector<std::string>& Sgd::slot_names() const {
  static const std::vector<std::string> names = {"velocity"};
  return names;
}

std::unique_ptr<Optimizer::Kernel> Sgd::kernel(std::int64_t, double rate, double share) const {
  const Pass pass{static_cast<Scalar>(options_.momentum),
                  static_cast<Scalar>(options_.weight_decay), static_cast<Scalar>(rate),
                  static_cast<Scalar>(share)};
  return make_kernel([pass](const Numbers& n) {
    update_all(n.count, n.parameter, n.gradient, n.slots[0], n.out, pass);
  });
}

Variable Sgd::step(const Variable& w, const Variable& g, Variables& slots, std::int64_t,
                   double rate) const {
  slots[0] = options_.momentum * slots[0] + (g + options_.weight_decay * w);
  return w - rate * slots[0];
}

}  // namespace saddle
