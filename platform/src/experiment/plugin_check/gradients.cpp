#include "experiment/plugin_check/gradients.hpp"

#include <saddle/autograd/grad.hpp>
#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/autograd/ops/reduce.hpp>
#include <saddle/tensor/random.hpp>

#include "base/text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

namespace saddle::plugin_check {
namespace {

constexpr bool kDouble = sizeof(Scalar) == sizeof(double);
constexpr double kTolerance = kDouble ? 1e-6 : 1e-2;
// A difference that is only just too large is as likely that of a kink.
constexpr double kClear = 3 * kTolerance;
constexpr std::size_t kDirections = 5;
constexpr int kMajority = 3;

// Rectifiers have kinks: a difference across one is no derivative. Small steps cross few of them
// and drown in rounding, large ones the other way round, and which is right depends on the network.
// So a direction agrees where it does with any of these steps. It disagrees where two steps in a
// row give the same other derivative, clearly another, and says nothing where no two do. The
// majority of the directions decides.
constexpr double kSteps[] = {1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5};
constexpr double kStepScale = kDouble ? 1e-2 : 1;

RandomStream stream(const std::string& name, std::size_t index) {
  return RandomStream(1, "plugin-check/gradients/" + name + "/" + std::to_string(index));
}

template <class Other>
double dot(const Tensor& a, const Other& b) {
  double total = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    total += static_cast<double>(a.data()[i]) * static_cast<double>(b.data()[i]);
  return total;
}

std::vector<double> difference(const Tensor& a, const Tensor& b) {
  std::vector<double> result(a.size());
  for (std::size_t i = 0; i < a.size(); ++i)
    result[i] = static_cast<double>(a.data()[i]) - static_cast<double>(b.data()[i]);
  return result;
}

Tensors weights_for(const Variables& outputs) {
  Tensors weights;
  for (std::size_t i = 0; i < outputs.size(); ++i)
    weights.push_back(outputs[i].size() == 1
                          ? full(outputs[i].shape(), 1)
                          : random_normal(stream("weights", i), outputs[i].shape()));
  return weights;
}

enum class Verdict { agrees, disagrees, undecided };

struct Comparison {
  Verdict verdict;
  double by_gradient, by_difference;
};

bool close(double a, double b, double tolerance, double margin) {
  return std::abs(a - b) <= tolerance * std::max(std::abs(a), std::abs(b)) + margin;
}

// The function at its points, with its gradient.
class Linearised {
 public:
  Linearised(const std::vector<Point>& points, const Function& function)
      : points_(points), function_(function) {
    Variables leaves;
    for (const Point& point : points) leaves.push_back(Variable::leaf(point.value));
    const Variables outputs = function(leaves);
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
    // What rounding alone makes of the largest step, for derivatives that are zero.
    const double rounding =
        2 * magnitude_ * std::numeric_limits<Scalar>::epsilon() / (kStepScale * kSteps[0]);
    Comparison found{Verdict::undecided, 0, 0};
    double before = std::numeric_limits<double>::quiet_NaN();
    for (const double number_of_steps : kSteps) {
      const double step = kStepScale * number_of_steps;
      const Tensor above = moved(point, direction, step), below = moved(point, direction, -step);
      // Along what the point really moved, since small steps are rounded, too.
      const double slope = dot(gradients_[point].value(), difference(above, below)) / (2 * step);
      const double measured = (value_with(point, above) - value_with(point, below)) / (2 * step);
      if (close(slope, measured, kTolerance, rounding)) return {Verdict::agrees, slope, measured};
      const bool clear = !close(slope, measured, kClear, rounding);
      if (clear && (close(before, measured, kTolerance, rounding) || !std::isfinite(slope)))
        found = {Verdict::disagrees, slope, measured};
      before = measured;
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

  Tensor moved(std::size_t point, const Tensor& direction, double by) const {
    Tensor value = points_[point].value;
    for (std::size_t i = 0; i < value.size(); ++i)
      value.data()[i] += static_cast<Scalar>(by) * direction.data()[i];
    return value;
  }

  double value_with(std::size_t point, const Tensor& value) const {
    Variables leaves;
    for (const Point& other : points_) leaves.push_back(Variable::leaf(other.value));
    leaves[point] = Variable::leaf(value);
    const Variables outputs = function_(leaves);
    double total = 0;
    for (std::size_t i = 0; i < outputs.size(); ++i) total += dot(outputs[i].value(), weights_[i]);
    return total;
  }

  const std::vector<Point>& points_;
  const Function& function_;
  Tensors weights_;
  Variables gradients_;
  double magnitude_ = 0;
};

std::string three_digits(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", value);
  return text;
}

}  // namespace

std::string GradientVerdict::summary() const {
  const std::string text = std::to_string(judged) + (judged == 1 ? " tensor" : " tensors");
  return rough.empty() ? text : text + ", too rough to be judged: " + join(rough, ", ");
}

GradientVerdict judge_gradient(const std::vector<Point>& points, const Function& function) {
  const Linearised linearised(points, function);
  GradientVerdict verdict;
  for (std::size_t point = 0; point < points.size(); ++point) {
    int agree = 0, disagree = 0;
    Comparison wrong{};
    for (std::size_t number = 0; number < kDirections; ++number) {
      if (agree == kMajority || disagree == kMajority) break;
      const Comparison found = linearised.compare(point, number);
      if (found.verdict == Verdict::agrees) ++agree;
      if (found.verdict != Verdict::disagrees) continue;
      ++disagree;
      wrong = found;
    }
    if (disagree == kMajority) {
      verdict.mismatch = points[point].name + ": the derivative along a direction is " +
                         three_digits(wrong.by_gradient) + " by the gradient and " +
                         three_digits(wrong.by_difference) + " by differences";
      return verdict;
    }
    if (agree == kMajority)
      ++verdict.judged;
    else
      verdict.rough.push_back(points[point].name);
  }
  return verdict;
}

}  // namespace saddle::plugin_check
