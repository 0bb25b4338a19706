#include "experiment/self_test.hpp"

#include <saddle/autograd/grad.hpp>
#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/autograd/ops/math.hpp>
#include <saddle/autograd/ops/reduce.hpp>
#include <saddle/nn/mlp.hpp>
#include <saddle/tensor/random.hpp>

#include "base/text.hpp"
#include "tensor/kernels.hpp"

#include <algorithm>
#include <cmath>

namespace saddle {
namespace {

std::string compare(double expected, double found, double margin) {
  if (std::abs(found - expected) <= margin) return "";
  return "expected " + number_text(expected) + ", found " + number_text(found);
}

std::string check_products() {
  constexpr std::size_t kRows = 200, kInner = 150, kColumns = 130;
  const RandomStream stream(1, "self-test");
  const Tensor a = random_normal(stream.child("a"), {kRows, kInner});
  const Tensor b = random_normal(stream.child("b"), {kInner, kColumns});
  const Tensor fast = kernels::matmul(a, b, false, false);
  const kernels::ReferenceScope scope;
  const Tensor reference = kernels::matmul(a, b, false, false);
  double worst = 0;
  for (std::size_t i = 0; i < fast.size(); ++i)
    worst = std::max(worst, std::abs(static_cast<double>(fast.data()[i]) -
                                     static_cast<double>(reference.data()[i])));
  return compare(0, worst, 1e-6 * kInner);
}

// The derivative along one direction.
std::string check_gradients() {
  nn::MlpOptions options({16, 16});
  options.activation = "tanh";
  nn::Mlp network({3}, {1}, options);
  network.initialise(RandomStream(1, "self-test/network"));
  const RandomStream stream(1, "self-test/points");
  const Tensor start = random_normal(stream.child("x"), {8, 3});
  const Variable direction(random_normal(stream.child("direction"), {8, 3}));
  const auto value = [&](const Variable& x) {
    Context context(Mode::evaluate, 0, RandomStream(1, "self-test"));
    return sum(square(network(x, context)));
  };
  const Variable x = Variable::leaf(start);
  const auto along = static_cast<double>(sum(grad(value(x), {x})[0] * direction).item());
  constexpr double kStep = sizeof(Scalar) == sizeof(double) ? 1e-5 : 1e-2;
  const auto moved = [&](double by) {
    return static_cast<double>(value(Variable(start) + by * direction).item());
  };
  const double difference = (moved(kStep) - moved(-kStep)) / (2 * kStep);
  return compare(difference, along, 0.02 * std::max(1.0, std::abs(difference)));
}

// 4,096 numbers of N(0, 1): mean and square within five standard errors.
std::string check_random_numbers() {
  constexpr std::size_t kCount = 4096;
  const Tensor x = random_normal(RandomStream(1, "self-test/normal"), {kCount, 1});
  double mean = 0;
  for (const Scalar value : x) mean += static_cast<double>(value) / kCount;
  const std::string failure = compare(0, mean, 5 / std::sqrt(double{kCount}));
  return failure.empty() ? compare(1, squared_norm(x) / kCount, 5 * std::sqrt(2.0 / kCount))
                         : failure;
}

}  // namespace

std::vector<SelfTest> run_self_tests() {
  return {{"products of matrices", check_products()},
          {"gradients", check_gradients()},
          {"random numbers", check_random_numbers()}};
}

}  // namespace saddle
