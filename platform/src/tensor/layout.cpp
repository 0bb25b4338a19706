#include "tensor/kernels.hpp"

#include <algorithm>
#include <cassert>

namespace saddle::kernels {
namespace {

// A tensor seen as [outer, extent, inner] around one axis.
struct AroundAxis {
  std::size_t outer = 1, inner = 1;
};

AroundAxis around(const Shape& shape, std::size_t axis) {
  AroundAxis sizes;
  for (std::size_t i = 0; i < axis; ++i) sizes.outer *= shape[i];
  for (std::size_t i = axis + 1; i < shape.size(); ++i) sizes.inner *= shape[i];
  return sizes;
}

}  // namespace

Tensor slice(const Tensor& x, std::size_t axis, std::size_t begin, std::size_t end) {
  assert(axis < x.dimension() && begin <= end && end <= x.shape(axis));
  Shape shape = x.shape();
  shape[axis] = end - begin;
  Tensor out = empty(shape);
  const AroundAxis sizes = around(shape, axis);
  const std::size_t run = (end - begin) * sizes.inner;
  for (std::size_t i = 0; i < sizes.outer; ++i)
    std::copy_n(x.data() + (i * x.shape(axis) + begin) * sizes.inner, run, out.data() + i * run);
  return out;
}

void place(const Tensor& part, std::size_t axis, std::size_t begin, Tensor& whole) {
  assert(begin + part.shape(axis) <= whole.shape(axis));
  const AroundAxis sizes = around(part.shape(), axis);
  const std::size_t run = part.shape(axis) * sizes.inner;
  for (std::size_t i = 0; i < sizes.outer; ++i)
    std::copy_n(part.data() + i * run, run,
                whole.data() + (i * whole.shape(axis) + begin) * sizes.inner);
}

}  // namespace saddle::kernels
