#include "optim/clip.hpp"

#include <saddle/autograd/ops/activations.hpp>
#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/autograd/ops/math.hpp>
#include <saddle/autograd/ops/reduce.hpp>

#include <cmath>
#include <utility>

namespace saddle {
namespace {

constexpr double kSmallest = 1e-12, kLargest = 1e12;

Variable global_norm(const Variables& gradients) {
  Variable squares = Variable::constant(0);
  for (const Variable& g : gradients) squares = squares + sum(square(g));
  return sqrt(squares);
}

// Exactly g within the bounds.
Variable cut(const Variable& g, double bound) { return g - relu(g - bound) + relu(-g - bound); }

// The norm in double: squares of large gradients leave the range of float.
Tensors scaled_to(double limit, Tensors gradients) {
  double squares = 0;
  for (const Tensor& g : gradients) squares += squared_norm(g);
  const double norm = std::sqrt(squares);
  if (norm <= limit) return gradients;
  for (Tensor& g : gradients) g = scale(Variable(std::move(g)), limit / norm).value();
  return gradients;
}

}  // namespace

void ClipLimit::describe(Schema& s) {
  s.one_of();
  s.field(&ClipLimit::norm, "norm", "largest norm of the whole gradient")
      .range(kSmallest, kLargest);
  s.field(&ClipLimit::value, "value", "largest size of each of its elements")
      .range(kSmallest, kLargest);
}

Variables clipped(const ClipLimit& limit, Variables gradients) {
  if (limit.value) {
    for (Variable& g : gradients) g = cut(g, *limit.value);
    return gradients;
  }
  const Variable norm = global_norm(gradients);
  if (static_cast<double>(norm.item()) <= *limit.norm) return gradients;
  const Variable factor = Variable::constant(*limit.norm) / norm;
  for (Variable& g : gradients) g = factor * g;
  return gradients;
}

Tensors clipped(const ClipLimit& limit, Tensors gradients) {
  const NoHistory pause;
  if (limit.norm) return scaled_to(*limit.norm, std::move(gradients));
  Variables variables;
  for (Tensor& g : gradients) variables.emplace_back(std::move(g));
  Tensors found;
  for (const Variable& g : clipped(limit, std::move(variables))) found.push_back(g.value());
  return found;
}

}  // namespace saddle
