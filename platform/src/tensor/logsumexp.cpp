#include "tensor/kernels.hpp"

#include <saddle/base/pool.hpp>
#include "tensor/map.hpp"
#include "tensor/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace saddle::kernels {
namespace {

constexpr Scalar kLowest = -std::numeric_limits<Scalar>::infinity();

// What is subtracted must be finite; it cancels.
Scalar offset_for(Scalar largest) { return std::isfinite(largest) ? largest : Scalar(0); }

// The sum of exp(x - offset), in lanes.
Scalar sum_chunk(const Scalar* x, std::size_t count, Scalar offset) {
  const Batch below(offset);
  Batch sum(0);
  std::size_t i = 0;
  for (; i + Batch::size <= count; i += Batch::size)
    sum += xsimd::exp(Batch::load_unaligned(x + i) - below);
  if (i < count) {
    Scalar part[Batch::size];
    std::fill(std::copy(x + i, x + count, part), part + Batch::size, kLowest);
    sum += xsimd::exp(Batch::load_unaligned(part) - below);
  }
  return xsimd::hadd(sum);
}

Scalar over_run(const Scalar* x, std::size_t count) {
  // Sums of longer runs are gathered in double, so that the error of float does not grow.
  constexpr std::size_t kChunk = 1024;
  // NaN may be lost here; the sum brings it back.
  const Scalar offset = offset_for(*std::max_element(x, x + count));
  double sum = 0;
  for (std::size_t i = 0; i < count; i += kChunk)
    sum += static_cast<double>(sum_chunk(x + i, std::min(kChunk, count - i), offset));
  return offset + static_cast<Scalar>(std::log(sum));
}

// Over the rows of x [extent, inner], of its columns [begin, end).
void over_columns(const Scalar* x, std::size_t extent, std::size_t inner, std::size_t begin,
                  std::size_t end, Scalar* out) {
  const std::size_t width = end - begin;
  PoolVector<Scalar> offset(width, kLowest), sum(width, 0);
  for (std::size_t k = 0; k < extent; ++k)
    map_range(
        0, width, offset.data(), [](Batch u, Batch v) { return xsimd::max(u, v); },
        x + k * inner + begin, offset.data());
  std::transform(offset.begin(), offset.end(), offset.begin(), offset_for);
  for (std::size_t k = 0; k < extent; ++k)
    map_range(
        0, width, sum.data(), [](Batch u, Batch o, Batch s) { return s + xsimd::exp(u - o); },
        x + k * inner + begin, offset.data(), sum.data());
  for (std::size_t j = 0; j < width; ++j) out[begin + j] = offset[j] + std::log(sum[j]);
}

Scalar over_reference(const Scalar* x, std::size_t extent, std::size_t inner) {
  Scalar largest = kLowest;
  for (std::size_t k = 0; k < extent; ++k) largest = std::max(largest, x[k * inner]);
  const Scalar offset = offset_for(largest);
  double sum = 0;
  for (std::size_t k = 0; k < extent; ++k)
    sum += std::exp(static_cast<double>(x[k * inner] - offset));
  return offset + static_cast<Scalar>(std::log(sum));
}

}  // namespace

Tensor logsumexp(const Tensor& x, std::size_t axis) {
  Shape shape = x.shape();
  const std::size_t extent = shape[axis];
  shape[axis] = 1;
  Tensor out = empty(shape);
  if (out.size() == 0) return out;
  std::size_t inner = 1;
  for (std::size_t i = axis + 1; i < shape.size(); ++i) inner *= shape[i];
  if (reference_in_force()) {
    for (std::size_t i = 0; i < out.size(); ++i)
      out.data()[i] =
          over_reference(x.data() + i / inner * extent * inner + i % inner, extent, inner);
  } else if (inner == 1) {
    for_ranges(out.size(), (kMapGrain + extent - 1) / extent,
               [&](std::size_t begin, std::size_t end) {
                 for (std::size_t i = begin; i < end; ++i)
                   out.data()[i] = over_run(x.data() + i * extent, extent);
               });
  } else {
    const std::size_t grain = std::max<std::size_t>(Batch::size, kMapGrain / extent);
    for (std::size_t i = 0; i < out.size() / inner; ++i)
      for_ranges(inner, grain, [&](std::size_t begin, std::size_t end) {
        over_columns(x.data() + i * extent * inner, extent, inner, begin, end,
                     out.data() + i * inner);
      });
  }
  return out;
}

}  // namespace saddle::kernels
