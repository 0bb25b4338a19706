#include "tensor/kernels.hpp"
#include "tensor/map.hpp"
#include "tensor/parallel.hpp"

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

// `count` runs of `run` numbers; by all threads where they are many.
void copy_runs(const Scalar* from, std::size_t from_stride, Scalar* to, std::size_t to_stride,
               std::size_t run, std::size_t count) {
  if (count == 1) {
    for_ranges(run, kMapGrain, [&](std::size_t begin, std::size_t end) {
      std::copy(from + begin, from + end, to + begin);
    });
    return;
  }
  for_ranges(count, kMapGrain / std::max<std::size_t>(1, run) + 1,
             [&](std::size_t begin, std::size_t end) {
               for (std::size_t i = begin; i < end; ++i)
                 std::copy_n(from + i * from_stride, run, to + i * to_stride);
             });
}

}  // namespace

Tensor reshaped(const Tensor& x, const Shape& shape) {
  assert(element_count(shape) == x.size());
  Tensor out = empty(shape);
  copy_runs(x.data(), 0, out.data(), 0, x.size(), 1);
  return out;
}

Tensor slice(const Tensor& x, std::size_t axis, std::size_t begin, std::size_t end) {
  assert(axis < x.dimension() && begin <= end && end <= x.shape(axis));
  Shape shape = x.shape();
  shape[axis] = end - begin;
  Tensor out = empty(shape);
  const AroundAxis sizes = around(shape, axis);
  const std::size_t run = (end - begin) * sizes.inner;
  copy_runs(x.data() + begin * sizes.inner, x.shape(axis) * sizes.inner, out.data(), run, run,
            sizes.outer);
  return out;
}

void place(const Tensor& part, std::size_t axis, std::size_t begin, Tensor& whole) {
  assert(begin + part.shape(axis) <= whole.shape(axis));
  const AroundAxis sizes = around(part.shape(), axis);
  const std::size_t run = part.shape(axis) * sizes.inner;
  copy_runs(part.data(), run, whole.data() + begin * sizes.inner, whole.shape(axis) * sizes.inner,
            run, sizes.outer);
}

}  // namespace saddle::kernels
