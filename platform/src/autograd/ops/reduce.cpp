#include <saddle/autograd/ops/reduce.hpp>

#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/autograd/ops/layout.hpp>
#include <saddle/autograd/ops/math.hpp>

#include "autograd/ops/check.hpp"
#include "tensor/kernels.hpp"

#include <cmath>
#include <limits>
#include <utility>

namespace saddle {

Variable sum(const Variable& x) { return sum_to(x, {}); }

Variable mean(const Variable& x) {
  require(x.size() > 0, "mean: the tensor ", x.shape(), " has no elements");
  return scale(sum(x), 1.0 / static_cast<double>(x.size()));
}

Variable sum(const Variable& x, std::size_t axis) {
  require(axis < x.shape().size(), "sum: there is no axis ", axis, " in ", x.shape());
  Shape kept = x.shape(), removed = x.shape();
  kept[axis] = 1;
  removed.erase(removed.begin() + static_cast<std::ptrdiff_t>(axis));
  return reshape(sum_to(x, kept), removed);
}

Variable mean(const Variable& x, std::size_t axis) {
  require(axis < x.shape().size() && x.shape()[axis] > 0, "mean: axis ", axis, " of ", x.shape(),
          " has no elements");
  return scale(sum(x, axis), 1.0 / static_cast<double>(x.shape()[axis]));
}

Variable max(const Variable& x, std::size_t axis) {
  require(axis < x.shape().size() && x.shape()[axis] > 0, "max: axis ", axis, " of ", x.shape(),
          " has no elements");
  Tensor largest = kernels::max_over(x.value(), axis);
  const Shape kept = largest.shape();
  Shape removed = kept;
  removed.erase(removed.begin() + static_cast<std::ptrdiff_t>(axis));
  largest.reshape(removed);
  return record(std::move(largest), {{x, [x, axis, kept](const Variable& g, const Variable&) {
                                        return reshape(g, kept) *
                                               Variable(kernels::mark_max(x.value(), axis));
                                      }}});
}

Variable logsumexp(const Variable& x, std::size_t axis) {
  require(axis < x.shape().size() && x.shape()[axis] > 0, "logsumexp: axis ", axis, " of ",
          x.shape(), " has no elements");
  Tensor value = kernels::logsumexp(x.value(), axis);
  const Shape kept = value.shape();
  Shape removed = kept;
  removed.erase(removed.begin() + static_cast<std::ptrdiff_t>(axis));
  value.reshape(removed);
  return record(std::move(value), {{x, [x, kept](const Variable& g, const Variable& y) {
                                      return reshape(g, kept) * exp(x - reshape(y, kept));
                                    }}});
}

Variable sum_rows(const Variable& x) { return sum(flatten(x), 1); }

Variable norm_rows(const Variable& x) {
  // Below, the powers of the norm in its derivatives leave the range of the scalar.
  return sqrt_above(sum_rows(square(x)), std::sqrt(std::numeric_limits<Scalar>::min()));
}

Variable sum_to(const Variable& x, const Shape& shape) {
  if (x.shape() == shape) return x;
  require(kernels::broadcasts_to(shape, x.shape()), "sum_to: ", x.shape(), " cannot be summed to ",
          shape);
  return record(kernels::sum_to(x.value(), shape),
                {{x, [from = x.shape()](const Variable& g, const Variable&) {
                    return broadcast_to(g, from);
                  }}});
}

Variable broadcast_to(const Variable& x, const Shape& shape) {
  if (x.shape() == shape) return x;
  require(kernels::broadcasts_to(x.shape(), shape), "broadcast_to: ", x.shape(),
          " cannot be repeated to ", shape);
  return record(
      kernels::broadcast_to(x.value(), shape),
      {{x, [from = x.shape()](const Variable& g, const Variable&) { return sum_to(g, from); }}});
}

}  // namespace saddle
