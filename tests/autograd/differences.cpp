#include "autograd/differences.hpp"

#include <saddle/saddle.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

namespace saddle::testing {
namespace {

constexpr double kStep = kDouble ? 1e-5 : 1e-2;

Variable weights_like(const Variable& x, const std::string& name) {
  return Variable(random_uniform(RandomStream(2, name), x.shape(), 0.5, 1.5));
}

}  // namespace

Variable first_order(const Function& f, const Variables& inputs) {
  const Variable y = f(inputs);
  return sum(y * weights_like(y, "cotangent"));
}

Variable second_order(const Function& f, const Variables& inputs) {
  const Variables gradients = grad(first_order(f, inputs), inputs, {true});
  Variable total = Variable::constant(0);
  for (std::size_t i = 0; i < gradients.size(); ++i)
    total = total + sum(gradients[i] * weights_like(gradients[i], "direction" + std::to_string(i)));
  return total;
}

double worst_error(const Function& f, const Variables& inputs) {
  const Variables analytic = grad(f(inputs), inputs);
  double worst = 0;
  for (std::size_t i = 0; i < inputs.size(); ++i)
    for (std::size_t j = 0; j < inputs[i].size(); ++j) {
      const auto shifted = [&](double by) {
        Variables moved = inputs;
        Tensor value = inputs[i].value();
        value.data()[j] += static_cast<Scalar>(by);
        moved[i] = Variable::leaf(value);
        return static_cast<double>(f(moved).item());
      };
      const double numeric = (shifted(kStep) - shifted(-kStep)) / (2 * kStep);
      const double found = analytic[i].value().data()[j];
      worst = std::max(worst, std::abs(found - numeric) / std::max(1.0, std::abs(numeric)));
    }
  return worst;
}

void check_gradients(const Function& f, const Variables& inputs) {
  CHECK(worst_error([&](const auto& v) { return first_order(f, v); }, inputs) < kBound);
  CHECK(worst_error([&](const auto& v) { return second_order(f, v); }, inputs) < kBound);
}

}  // namespace saddle::testing
