#include "divergences.hpp"

#include <cmath>

namespace saddle::f_gan {
namespace {

const double kLog2 = std::log(2.0);

Variable identity(const Variable& v) { return v; }
// ln(2 s(v)) and ln s(v), s the sigmoid.
Variable log_sigmoid(const Variable& v) { return -softplus(-v); }

// f*(t) = W + 1 / W + t - 2 with W = W(exp(1 - t)), Lambert's, whose inverse is the ratio p / q. Of
// ln W + W = 1 - t follows 1 / W = exp(W - (1 - t)), without an overflow of exp(1 - t).
Variable jeffrey_conjugate(const Variable& t) {
  const Variable x = 1.0 - t, w = wright_omega(x);
  return w + exp(w - x) - x - 1.0;
}

// f*(t) = (b^(alpha / (alpha - 1)) - 1) / alpha with b = (alpha - 1) t + 1, which must be positive.
// For alpha < 1, g(v) = 1 / (1 - alpha) - softplus(-v) makes it so: b = (1 - alpha) softplus(-v).
// For alpha > 1, where f*(t) stays -1 / alpha when b is negative, g(v) = v.
Divergence alpha_divergence(double alpha) {
  const double power = alpha / (alpha - 1);
  const auto conjugate = [alpha, power](const Variable& base) {
    return (pow(base, power) - 1.0) / alpha;
  };
  const std::string f = "(u^a - 1 - a (u - 1)) / (a (a - 1))";
  if (alpha > 1)
    return {identity, [=](const Variable& v) { return conjugate(relu((alpha - 1) * v + 1.0)); }, f,
            "1"};
  return {[=](const Variable& v) { return 1 / (1 - alpha) - softplus(-v); },
          [=](const Variable& v) { return conjugate((1 - alpha) * softplus(-v)); }, f, "1"};
}

using Table = std::vector<std::pair<std::string, Divergence>>;

// Beside each row, f*(t); inserted into it, t = g(v) cancels to what stands here.
const Table& table() {
  static const Table rows = {
      // exp(t - 1)
      {"kl", {identity, [](const Variable& v) { return exp(v - 1.0); }, "u ln u", "nats"}},
      // -1 - ln(-t)
      {"reverse-kl",
       {[](const Variable& v) { return -exp(-v); }, [](const Variable& v) { return v - 1.0; },
        "-ln u", "nats"}},
      // -ln(2 - exp t)
      {"jensen-shannon",
       {[](const Variable& v) { return log_sigmoid(v) + kLog2; },
        [](const Variable& v) { return softplus(v) - kLog2; }, "u ln u - (u + 1) ln((u + 1) / 2)",
        "nats"}},
      // -ln(1 - exp t)
      {"gan", {log_sigmoid, softplus, "u ln u - (u + 1) ln(u + 1)", "nats"}},
      // t^2 / 4 + t
      {"pearson",
       {identity, [](const Variable& v) { return 0.25 * square(v) + v; }, "(u - 1)^2", "1"}},
      // t / (1 - t)
      {"squared-hellinger",
       {[](const Variable& v) { return 1.0 - exp(-v); },
        [](const Variable& v) { return exp(v) - 1.0; }, "(sqrt u - 1)^2", "1"}},
      {"jeffrey", {identity, jeffrey_conjugate, "(u - 1) ln u", "nats"}},
      // t
      {"total-variation",
       {[](const Variable& v) { return 0.5 * tanh(v); },
        [](const Variable& v) { return 0.5 * tanh(v); }, "|u - 1| / 2", "1"}},
  };
  return rows;
}

}  // namespace

std::vector<std::string> divergence_names() {
  std::vector<std::string> names;
  for (const auto& [name, divergence] : table()) names.push_back(name);
  names.emplace_back("alpha");
  return names;
}

Divergence divergence(const std::string& name, double alpha) {
  for (const auto& [row, divergence] : table())
    if (row == name) return divergence;
  return alpha_divergence(alpha);
}

}  // namespace saddle::f_gan
