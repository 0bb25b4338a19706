#include "experiment/plugin_check_gradients.hpp"

#include <saddle/autograd/grad.hpp>
#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/autograd/ops/reduce.hpp>
#include <saddle/tensor/random.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

namespace saddle::plugin_check {
namespace {

constexpr bool kDouble = sizeof(Scalar) == sizeof(double);
constexpr double kTolerance = kDouble ? 1e-6 : 1e-2;
constexpr int kDirections = 5;
constexpr int kMajority = 3;

// Rectifiers have kinks: a difference across one is no derivative. Small steps cross few of them
// and drown in rounding, large ones the other way round, and which is right depends on the network.
// So a direction agrees where it does with any of these steps, and a point where most directions
// do. A gradient that is wrong disagrees with all of them.
const std::vector<double>& steps() {
  static const std::vector<double> found = kDouble
                                               ? std::vector<double>{1e-4, 1e-5, 1e-6, 1e-7}
                                               : std::vector<double>{1e-2, 3e-3, 1e-3, 3e-4, 1e-4};
  return found;
}

RandomStream stream(const std::string& name, std::size_t index) {
  return RandomStream(1, "plugin-check/gradients/" + name + "/" + std::to_string(index));
}

double dot(const Tensor& a, const Tensor& b) {
  double total = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    total += static_cast<double>(a.data()[i]) * static_cast<double>(b.data()[i]);
  return total;
}

std::vector<Tensor> weights_for(const std::vector<Variable>& outputs) {
  std::vector<Tensor> weights;
  for (std::size_t i = 0; i < outputs.size(); ++i)
    weights.push_back(outputs[i].size() == 1
                          ? full(outputs[i].shape(), 1)
                          : random_normal(stream("weights", i), outputs[i].shape()));
  return weights;
}

struct Comparison {
  bool agrees;
  double by_gradient, by_difference;
};

// The function at its points, with its gradient.
class Linearised {
 public:
  Linearised(const std::vector<Point>& points, const Function& function)
      : points_(points), function_(function) {
    std::vector<Variable> leaves;
    for (const Point& point : points) leaves.push_back(Variable::leaf(point.value));
    const std::vector<Variable> outputs = function(leaves);
    weights_ = weights_for(outputs);
    Variable total = Variable::constant(0);
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      total = total + sum(Variable(weights_[i]) * outputs[i]);
      for (std::size_t j = 0; j < outputs[i].size(); ++j)
        magnitude_ += std::abs(static_cast<double>(outputs[i].value().data()[j]) *
                               static_cast<double>(weights_[i].data()[j]));
    }
    gradients_ = grad(total, leaves);
  }

  Comparison compare(std::size_t point, std::size_t number) const {
    const Tensor direction = direction_at(point, number);
    Comparison found{false, dot(gradients_[point].value(), direction), 0};
    for (const double step : steps()) {
      found.by_difference =
          (moved(point, direction, step) - moved(point, direction, -step)) / (2 * step);
      const double rounding = 2 * magnitude_ * std::numeric_limits<Scalar>::epsilon() / step;
      const double most = std::max(std::abs(found.by_gradient), std::abs(found.by_difference));
      found.agrees =
          std::abs(found.by_gradient - found.by_difference) <= kTolerance * most + rounding;
      if (found.agrees) break;
    }
    return found;
  }

 private:
  // As large as the point's own values, so that one step suits all of them.
  Tensor direction_at(std::size_t point, std::size_t number) const {
    const Tensor& at = points_[point].value;
    const double spread =
        std::sqrt(squared_norm(at) / std::max<double>(1, static_cast<double>(at.size())));
    Tensor direction = random_normal(stream("direction", number), at.shape());
    for (Scalar& value : direction) value *= static_cast<Scalar>(spread > 0 ? spread : 1);
    return direction;
  }

  double moved(std::size_t point, const Tensor& direction, double by) const {
    std::vector<Variable> leaves;
    for (const Point& other : points_) leaves.push_back(Variable::leaf(other.value));
    Tensor value = points_[point].value;
    for (std::size_t i = 0; i < value.size(); ++i)
      value.data()[i] += static_cast<Scalar>(by) * direction.data()[i];
    leaves[point] = Variable::leaf(std::move(value));
    const std::vector<Variable> outputs = function_(leaves);
    double total = 0;
    for (std::size_t i = 0; i < outputs.size(); ++i) total += dot(outputs[i].value(), weights_[i]);
    return total;
  }

  const std::vector<Point>& points_;
  const Function& function_;
  std::vector<Tensor> weights_;
  std::vector<Variable> gradients_;
  double magnitude_ = 0;
};

std::string three_digits(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", value);
  return text;
}

}  // namespace

std::string gradient_mismatch(const std::vector<Point>& points, const Function& function) {
  const Linearised linearised(points, function);
  for (std::size_t point = 0; point < points.size(); ++point) {
    int agree = 0, disagree = 0;
    Comparison last{};
    for (std::size_t number = 0; agree < kMajority && disagree < kMajority; ++number) {
      const Comparison found = linearised.compare(point, number);
      ++(found.agrees ? agree : disagree);
      if (!found.agrees) last = found;
    }
    static_assert(2 * kMajority > kDirections, "one of the two is reached within the directions");
    if (disagree == kMajority)
      return points[point].name + ": the derivative along a direction is " +
             three_digits(last.by_gradient) + " by the gradient and " +
             three_digits(last.by_difference) + " by differences";
  }
  return "";
}

}  // namespace saddle::plugin_check
