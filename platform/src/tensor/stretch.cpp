#include "tensor/kernels.hpp"
#include "tensor/parallel.hpp"
#include "tensor/pooling.hpp"

#include <algorithm>
#include <cassert>

namespace saddle::kernels {
namespace {

// A point between two neighbouring pixels, as their weighted mean.
struct Between {
  std::size_t low, high;
  Scalar low_weight, high_weight;
};

// Point `index` of extent * factor ones that cover the same side as `extent` pixels.
Between between(std::size_t index, std::size_t extent, std::size_t factor) {
  const double place = (static_cast<double>(index) + 0.5) / static_cast<double>(factor) - 0.5;
  const double inside = std::clamp(place, 0.0, static_cast<double>(extent - 1));
  const auto low = static_cast<std::size_t>(inside);
  const double weight = inside - static_cast<double>(low);
  return {low, std::min(low + 1, extent - 1), static_cast<Scalar>(1 - weight),
          static_cast<Scalar>(weight)};
}

}  // namespace

Tensor stretch(const Tensor& x, std::size_t axis, std::size_t factor) {
  const std::size_t extent = x.shape(axis);
  const std::size_t inner = product(x.shape(), axis + 1, x.dimension());
  Shape shape = x.shape();
  shape[axis] *= factor;
  Tensor y = empty(shape);
  for_ranges(product(shape, 0, axis), 1, [&](std::size_t outer, std::size_t) {
    for (std::size_t i = 0; i < extent * factor; ++i) {
      const Between point = between(i, extent, factor);
      const Scalar* low = x.data() + (outer * extent + point.low) * inner;
      const Scalar* high = x.data() + (outer * extent + point.high) * inner;
      Scalar* to = y.data() + (outer * extent * factor + i) * inner;
      for (std::size_t k = 0; k < inner; ++k)
        to[k] = point.low_weight * low[k] + point.high_weight * high[k];
    }
  });
  return y;
}

Tensor shrink(const Tensor& x, std::size_t axis, std::size_t factor) {
  const std::size_t extent = x.shape(axis) / factor;
  const std::size_t inner = product(x.shape(), axis + 1, x.dimension());
  assert(extent * factor == x.shape(axis));
  Shape shape = x.shape();
  shape[axis] = extent;
  Tensor y = zeros(shape);
  for_ranges(product(shape, 0, axis), 1, [&](std::size_t outer, std::size_t) {
    for (std::size_t i = 0; i < extent * factor; ++i) {
      const Between point = between(i, extent, factor);
      const Scalar* from = x.data() + (outer * extent * factor + i) * inner;
      Scalar* low = y.data() + (outer * extent + point.low) * inner;
      Scalar* high = y.data() + (outer * extent + point.high) * inner;
      for (std::size_t k = 0; k < inner; ++k) low[k] += point.low_weight * from[k];
      for (std::size_t k = 0; k < inner; ++k) high[k] += point.high_weight * from[k];
    }
  });
  return y;
}

}  // namespace saddle::kernels
