#include <saddle/autograd/ops/layout.hpp>

#include "autograd/ops/check.hpp"
#include "tensor/kernels.hpp"

namespace saddle {

Variable reshape(const Variable& x, const Shape& shape) {
  if (x.shape() == shape) return x;
  require(element_count(shape) == x.size(), "reshape: ", x.shape(), " does not fit ", shape);
  return record(
      kernels::reshaped(x.value(), shape),
      {{x, [from = x.shape()](const Variable& g, const Variable&) { return reshape(g, from); }}});
}

Variable alias(const Variable& x) {
  return record(Tensor(x.value()), {{x, [](const Variable& g, const Variable&) { return g; }}});
}

Variable flatten(const Variable& x) {
  require(!x.shape().empty(), "flatten: a tensor of rank 0 has no rows");
  return reshape(x, {x.shape()[0], element_count(row_shape(x.shape()))});
}

Variable concat(const Variables& parts, std::size_t axis) {
  require(!parts.empty() && axis < parts[0].shape().size(), "concat: there is nothing to join");
  if (parts.size() == 1) return parts[0];
  Shape whole = parts[0].shape();
  whole[axis] = 0;
  for (const Variable& part : parts) {
    Shape expected = whole;
    const bool same_rank = part.shape().size() == whole.size();
    if (same_rank) expected[axis] = part.shape()[axis];
    require(same_rank && part.shape() == expected, "concat: shapes ", parts[0].shape(), " and ",
            part.shape(), " differ beside axis ", axis);
    whole[axis] += part.shape()[axis];
  }
  Tensor value = empty(whole);
  Inputs inputs;
  std::size_t begin = 0;
  for (const Variable& part : parts) {
    const std::size_t end = begin + part.shape()[axis];
    kernels::place(part.value(), axis, begin, value);
    inputs.add({part, [axis, begin, end](const Variable& g, const Variable&) {
                  return slice(g, axis, begin, end);
                }});
    begin = end;
  }
  return record(std::move(value), std::move(inputs));
}

Variable slice(const Variable& x, std::size_t axis, std::size_t begin, std::size_t end) {
  require(axis < x.shape().size() && begin <= end && end <= x.shape()[axis], "slice: [", begin,
          ", ", end, ") of axis ", axis, " does not lie in ", x.shape());
  const std::size_t extent = x.shape()[axis];
  return record(kernels::slice(x.value(), axis, begin, end),
                {{x, [axis, begin, end, extent](const Variable& g, const Variable&) {
                    return pad(g, axis, begin, extent - end);
                  }}});
}

Variable pad(const Variable& x, std::size_t axis, std::size_t before, std::size_t after) {
  require(axis < x.shape().size(), "pad: there is no axis ", axis, " in ", x.shape());
  const std::size_t extent = x.shape()[axis];
  Shape shape = x.shape();
  shape[axis] = before + extent + after;
  Tensor value = zeros(shape);
  kernels::place(x.value(), axis, before, value);
  return record(std::move(value), {{x, [axis, before, extent](const Variable& g, const Variable&) {
                                      return slice(g, axis, before, before + extent);
                                    }}});
}

Variable detach(const Variable& x) { return Variable(x.value()); }

}  // namespace saddle
