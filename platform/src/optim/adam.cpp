#include "optim/adam.hpp"

#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/autograd/ops/math.hpp>

#include <cmath>

namespace saddle {
namespace {

// The bias corrections are folded in: rate / (1 - beta1^t) and 1 / sqrt(1 - beta2^t).
struct Pass {
  Scalar beta1, fresh1, beta2, fresh2, rate, root, epsilon, coupled, share;
};

void update_all(std::size_t count, const Scalar* __restrict w, const Scalar* __restrict gradient,
                Scalar* __restrict m, Scalar* __restrict v, Scalar* __restrict out, Pass p) {
  for (std::size_t i = 0; i < count; ++i) {
    const Scalar g = gradient[i] + p.coupled * w[i];
    m[i] = p.beta1 * m[i] + p.fresh1 * g;
    v[i] = p.beta2 * v[i] + p.fresh2 * (g * g);
    out[i] = p.share * w[i] - p.rate * m[i] / (std::sqrt(v[i]) * p.root + p.epsilon);
  }
}

void update_all_amsgrad(std::size_t count, const Scalar* __restrict w,
                        const Scalar* __restrict gradient, Scalar* __restrict m,
                        Scalar* __restrict v, Scalar* __restrict largest, Scalar* __restrict out,
                        Pass p) {
  for (std::size_t i = 0; i < count; ++i) {
    const Scalar g = gradient[i] + p.coupled * w[i];
    m[i] = p.beta1 * m[i] + p.fresh1 * g;
    v[i] = p.beta2 * v[i] + p.fresh2 * (g * g);
    largest[i] = largest[i] > v[i] ? largest[i] : v[i];
    out[i] = p.share * w[i] - p.rate * m[i] / (std::sqrt(largest[i]) * p.root + p.epsilon);
  }
}

// max(a, b), elementwise; the derivative goes to the larger.
Variable larger(const Variable& a, const Variable& b) { return 0.5 * (a + b + abs(a - b)); }

}  // namespace

void Adam::Options::describe(Schema& s) {
  s.field(&Options::lr, "lr", "learning rate, or its schedule");
  s.field(&Options::beta1, "beta1", "decay of the running mean of gradients")
      .range(-0.9999999, 0.9999999);
  s.field(&Options::beta2, "beta2", "decay of the running mean of squared gradients")
      .range(0, 0.9999999);
  s.field(&Options::epsilon, "epsilon", "added to the root of the latter").range(0, 1);
  s.field(&Options::weight_decay, "weight_decay", "weight of |w|^2 / 2 in the objective")
      .range(0, 1e6);
  s.field(&Options::decoupled, "decoupled", "the weight decay bypasses the moments (AdamW)");
  s.field(&Options::amsgrad, "amsgrad", "divide by the largest second moment so far");
}

const std::vector<std::string>& Adam::slot_names() const {
  static const std::vector<std::string> plain = {"mean", "square"};
  static const std::vector<std::string> amsgrad = {"mean", "square", "largest-square"};
  return options_.amsgrad ? amsgrad : plain;
}

std::unique_ptr<Optimizer::Kernel> Adam::kernel(std::int64_t update, double rate,
                                                double share) const {
  const Options& o = options_;
  const auto narrow = [](double x) { return static_cast<Scalar>(x); };
  const auto t = static_cast<double>(update);
  const Pass pass{narrow(o.beta1),
                  narrow(1 - o.beta1),
                  narrow(o.beta2),
                  narrow(1 - o.beta2),
                  narrow(rate / (1 - std::pow(o.beta1, t))),
                  narrow(1 / std::sqrt(1 - std::pow(o.beta2, t))),
                  narrow(o.epsilon),
                  narrow(o.decoupled ? 0 : o.weight_decay),
                  narrow(o.decoupled ? share - rate * o.weight_decay : share)};
  if (o.amsgrad)
    return make_kernel([pass](const Numbers& n) {
      update_all_amsgrad(n.count, n.parameter, n.gradient, n.slots[0], n.slots[1], n.slots[2],
                         n.out, pass);
    });
  return make_kernel([pass](const Numbers& n) {
    update_all(n.count, n.parameter, n.gradient, n.slots[0], n.slots[1], n.out, pass);
  });
}

Variable Adam::step(const Variable& w, const Variable& gradient, Variables& slots,
                    std::int64_t update, double rate) const {
  const Options& o = options_;
  const auto t = static_cast<double>(update);
  const Variable g = o.decoupled ? gradient : gradient + o.weight_decay * w;
  slots[0] = o.beta1 * slots[0] + (1 - o.beta1) * g;
  slots[1] = o.beta2 * slots[1] + (1 - o.beta2) * square(g);
  if (o.amsgrad) slots[2] = larger(slots[2], slots[1]);
  const Variable mean = slots[0] / (1 - std::pow(o.beta1, t));
  const Variable squares = slots[o.amsgrad ? 2 : 1] / (1 - std::pow(o.beta2, t));
  const Variable kept = o.decoupled ? (1 - rate * o.weight_decay) * w : w;
  return kept - rate * (mean / (sqrt_above(squares, 0) + o.epsilon));
}

}  // namespace saddle
