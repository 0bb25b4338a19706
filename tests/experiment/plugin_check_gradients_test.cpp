#include "experiment/plugin_check/gradients.hpp"

#include <saddle/autograd/ops/activations.hpp>
#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/autograd/ops/layout.hpp>
#include <saddle/autograd/ops/linear.hpp>
#include <saddle/autograd/ops/math.hpp>
#include <saddle/autograd/ops/reduce.hpp>
#include <saddle/tensor/random.hpp>

#include <catch2/catch.hpp>

using namespace saddle;
using plugin_check::Point;
using Leaves = Variables;

namespace {

Tensor drawn(const std::string& name, const Shape& shape) {
  return random_normal(RandomStream(1, name), shape);
}

const std::vector<Point>& points() {
  static const std::vector<Point> two = {{"x", drawn("x", {4, 3})}, {"w", drawn("w", {3, 50})}};
  return two;
}

std::string gradient_mismatch(const std::vector<Point>& at,
                              const plugin_check::Function& function) {
  return plugin_check::judge_gradient(at, function).mismatch;
}

}  // namespace

TEST_CASE("A right gradient has no mismatch") {
  CHECK(gradient_mismatch(points(), [](const Leaves& at) {
          return Leaves{tanh(matmul(at[0], at[1])), sum(square(at[0]))};
        }) == "");
}

TEST_CASE("Kinks of rectifiers are no mismatch") {
  CHECK(gradient_mismatch(points(), [](const Leaves& at) {
          return Leaves{relu(matmul(at[0], at[1])), abs(at[0])};
        }) == "");
}

TEST_CASE("A hidden path of a rectifier is found between its kinks") {
  CHECK(gradient_mismatch(points(), [](const Leaves& at) {
          const Variable y = relu(matmul(at[0], at[1]));
          return Leaves{y + 0.5 * detach(y)};
        }) != "");
}

TEST_CASE("The point whose gradient is wrong is named") {
  const std::string found = gradient_mismatch(points(), [](const Leaves& at) {
    return Leaves{square(at[0]), square(at[1]) + detach(square(at[1]))};
  });
  CHECK(found.substr(0, 39) == "w: the derivative along a direction is ");
}

TEST_CASE("A gradient that is a tenth too large is wrong") {
  const auto scaled = [](const Leaves& at) {
    const auto vjp = [](const Variable& cotangent, const Variable&) { return 1.1 * cotangent; };
    return Leaves{square(record(at[0].value(), {{at[0], vjp}}))};
  };
  CHECK(gradient_mismatch({{"x", drawn("x", {4, 3})}}, scaled) != "");
}

TEST_CASE("A function that does not depend on a point has the gradient zero there") {
  CHECK(gradient_mismatch(points(), [](const Leaves& at) { return Leaves{square(at[0])}; }) == "");
  CHECK(gradient_mismatch(points(), [](const Leaves&) { return Leaves{Variable::constant(3)}; }) ==
        "");
  CHECK(gradient_mismatch({{"x", drawn("x", {4, 3})}},
                          [](const Leaves& at) { return Leaves{detach(at[0])}; }) != "");
}

TEST_CASE("What is too rough for differences is not judged") {
  const auto verdict = plugin_check::judge_gradient(points(), [](const Leaves& at) {
    return Leaves{sin(1e8 * at[0]), square(at[1])};
  });
  CHECK(verdict.mismatch == "");
  CHECK(verdict.summary() == "1 tensor, too rough to be judged: x");
}
