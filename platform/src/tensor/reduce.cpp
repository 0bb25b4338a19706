#include "tensor/kernels.hpp"
#include "tensor/map.hpp"
#include "tensor/parallel.hpp"
#include "tensor/sum_by_parts.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace saddle::kernels {
namespace {

// Sums of long runs are gathered from chunks, so that the error of float does not grow with length.
constexpr std::size_t kChunk = 4096;

Scalar sum_chunk(const Scalar* x, std::size_t count) {
  Batch lanes[4] = {Batch(0), Batch(0), Batch(0), Batch(0)};
  std::size_t i = 0;
  for (; i + 4 * Batch::size <= count; i += 4 * Batch::size)
    for (std::size_t j = 0; j < 4; ++j)
      lanes[j] = lanes[j] + Batch::load_unaligned(x + i + j * Batch::size);
  Scalar rest = 0;
  for (; i < count; ++i) rest += x[i];
  return xsimd::hadd((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + rest;
}

Scalar sum_run(const Scalar* x, std::size_t count) {
  double total = 0;
  if (reference_in_force()) {
    for (std::size_t i = 0; i < count; ++i) total += static_cast<double>(x[i]);
  } else {
    for (std::size_t i = 0; i < count; i += kChunk)
      total += static_cast<double>(sum_chunk(x + i, std::min(kChunk, count - i)));
  }
  return static_cast<Scalar>(total);
}

// Rows are gathered from chunks too.
constexpr std::size_t kRowsPerChunk = 64;

// out[j] = sum over i of x[i * stride + j], j < Vectors * Batch::size; the sums of a chunk stay in
// registers.
template <std::size_t Vectors>
void sum_vectors(const Scalar* x, std::size_t rows, std::size_t stride, Scalar* out) {
  Batch total[Vectors];
  std::fill_n(total, Vectors, Batch(0));
  for (std::size_t first = 0; first < rows; first += kRowsPerChunk) {
    const std::size_t last = std::min(rows, first + kRowsPerChunk);
    Batch part[Vectors];
    for (std::size_t v = 0; v < Vectors; ++v)
      part[v] = Batch::load_unaligned(x + first * stride + v * Batch::size);
    for (std::size_t i = first + 1; i < last; ++i)
      for (std::size_t v = 0; v < Vectors; ++v)
        part[v] += Batch::load_unaligned(x + i * stride + v * Batch::size);
    for (std::size_t v = 0; v < Vectors; ++v) total[v] += part[v];
  }
  for (std::size_t v = 0; v < Vectors; ++v) total[v].store_unaligned(out + v * Batch::size);
}

// The same of one column.
Scalar sum_column(const Scalar* x, std::size_t rows, std::size_t stride) {
  Scalar total = 0;
  for (std::size_t first = 0; first < rows; first += kRowsPerChunk) {
    const std::size_t last = std::min(rows, first + kRowsPerChunk);
    Scalar part = x[first * stride];
    for (std::size_t i = first + 1; i < last; ++i) part += x[i * stride];
    total += part;
  }
  return total;
}

// out[j] = sum over i of x[i * columns + j], j < columns.
void sum_columns(const Scalar* x, std::size_t rows, std::size_t columns, Scalar* out) {
  constexpr std::size_t kVectors = 4, kWidth = kVectors * Batch::size;
  std::size_t j = 0;
  for (; j + kWidth <= columns; j += kWidth) sum_vectors<kVectors>(x + j, rows, columns, out + j);
  for (; j + Batch::size <= columns; j += Batch::size)
    sum_vectors<1>(x + j, rows, columns, out + j);
  for (; j < columns; ++j) out[j] = sum_column(x + j, rows, columns);
}

// Sums the middle axis of [outer, extent, inner] -> [outer, inner]. Threads share the outer axis,
// or the rows of a long sum.
Tensor sum_middle(const Scalar* x, std::size_t outer, std::size_t extent, std::size_t inner) {
  Tensor out = empty({outer, inner});
  const auto sum = [&](std::size_t i, std::size_t begin, std::size_t end, Scalar* to) {
    const Scalar* const from = x + (i * extent + begin) * inner;
    if (inner == 1)
      *to = sum_run(from, end - begin);
    else
      sum_columns(from, end - begin, inner, to);
  };
  if (outer == 1 && inner > 1) {
    sum_by_parts(extent, rows_per_part(extent, inner), inner, out.data(),
                 [&](std::size_t begin, std::size_t end, Scalar* to) { sum(0, begin, end, to); });
    return out;
  }
  const std::size_t grain = kMapGrain / std::max<std::size_t>(1, extent * inner) + 1;
  for_ranges(outer, grain, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) sum(i, 0, extent, out.data() + i * inner);
  });
  return out;
}

// Repeats each inner run of [outer, 1, inner] `extent` times.
void repeat_middle(const Scalar* x, std::size_t outer, std::size_t extent, std::size_t inner,
                   Scalar* out) {
  for (std::size_t i = 0; i < outer; ++i)
    for (std::size_t r = 0; r < extent; ++r) {
      Scalar* to = out + (i * extent + r) * inner;
      if (inner == 1)
        *to = x[i];
      else
        std::copy_n(x + i * inner, inner, to);
    }
}

// The shape padded on the left with ones to `rank`.
Shape padded(const Shape& shape, std::size_t rank) {
  Shape out(rank, 1);
  std::copy(shape.begin(), shape.end(),
            out.begin() + static_cast<std::ptrdiff_t>(rank - shape.size()));
  return out;
}

// One run of neighbouring axes that are summed or repeated together: [outer, extent, inner].
struct Run {
  std::size_t first, last;  // axes [first, last)
};

PoolVector<Run> differing_runs(const Shape& small, const Shape& large) {
  PoolVector<Run> runs;
  for (std::size_t axis = 0; axis < large.size(); ++axis) {
    if (small[axis] == large[axis]) continue;
    if (!runs.empty() && runs.back().last == axis)
      ++runs.back().last;
    else
      runs.push_back({axis, axis + 1});
  }
  return runs;
}

// Calls body(i, extent, inner) for each outer index of x as [outer, extent, inner] around an axis.
template <class Body>
void for_outer(const Tensor& x, std::size_t axis, Body body) {
  const Shape& extents = x.shape();
  const std::size_t extent = extents[axis], inner = product(extents, axis + 1, extents.size());
  const std::size_t grain = std::max<std::size_t>(1, kMapGrain / (extent * inner + 1));
  for_ranges(product(extents, 0, axis), grain, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) body(i, extent, inner);
  });
}

}  // namespace

std::size_t product(const Shape& shape, std::size_t first, std::size_t last) {
  std::size_t count = 1;
  for (std::size_t axis = first; axis < last; ++axis) count *= shape[axis];
  return count;
}

bool broadcasts_to(const Shape& from, const Shape& to) {
  if (from.size() > to.size()) return false;
  for (std::size_t i = 1; i <= from.size(); ++i)
    if (from[from.size() - i] != 1 && from[from.size() - i] != to[to.size() - i]) return false;
  return true;
}

Tensor sum_to(const Tensor& x, const Shape& shape) {
  assert(broadcasts_to(shape, x.shape()));
  Shape extents = x.shape();
  const Shape wanted = padded(shape, extents.size());
  const PoolVector<Run> runs = differing_runs(wanted, extents);
  Tensor sum = runs.empty() ? x : Tensor();
  const Scalar* from = x.data();
  // From the last run to the first: the inner sums are contiguous.
  for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
    sum = sum_middle(from, product(extents, 0, run->first), product(extents, run->first, run->last),
                     product(extents, run->last, extents.size()));
    std::fill(extents.begin() + static_cast<std::ptrdiff_t>(run->first),
              extents.begin() + static_cast<std::ptrdiff_t>(run->last), std::size_t{1});
    from = sum.data();
  }
  sum.reshape(shape);
  return sum;
}

void add_to(Tensor& x, const Tensor& y) {
  assert(x.shape() == y.shape());
  for_ranges(x.size(), kMapGrain, [&](std::size_t begin, std::size_t end) {
    map_range(
        begin, end, x.data(), [](auto u, auto v) { return u + v; }, x.data(), y.data());
  });
}

Tensor max_over(const Tensor& x, std::size_t axis) {
  Shape shape = x.shape();
  shape[axis] = 1;
  Tensor out = full(shape, -std::numeric_limits<double>::infinity());
  for_outer(x, axis, [&](std::size_t i, std::size_t extent, std::size_t inner) {
    Scalar* largest = out.data() + i * inner;
    for (std::size_t k = 0; k < extent; ++k) {
      const Scalar* row = x.data() + (i * extent + k) * inner;
      for (std::size_t j = 0; j < inner; ++j)
        largest[j] = row[j] > largest[j] || std::isnan(row[j]) ? row[j] : largest[j];
    }
  });
  return out;
}

Tensor mark_max(const Tensor& x, std::size_t axis) {
  Tensor marks = zeros(x.shape());
  for_outer(x, axis, [&](std::size_t i, std::size_t extent, std::size_t inner) {
    const Scalar* block = x.data() + i * extent * inner;
    for (std::size_t j = 0; j < inner; ++j) {
      std::size_t largest = j;
      for (std::size_t at = j + inner; at < extent * inner; at += inner)
        if (block[at] > block[largest] || (std::isnan(block[at]) && !std::isnan(block[largest])))
          largest = at;
      marks.data()[i * extent * inner + largest] = 1;
    }
  });
  return marks;
}

Tensor broadcast_to(const Tensor& x, const Shape& shape) {
  assert(broadcasts_to(x.shape(), shape));
  Shape extents = padded(x.shape(), shape.size());
  Tensor wide = x;
  const PoolVector<Run> runs = differing_runs(extents, shape);
  for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
    const std::size_t outer = product(extents, 0, run->first);
    const std::size_t extent = product(shape, run->first, run->last);
    const std::size_t inner = product(extents, run->last, extents.size());
    Tensor next = empty({outer * extent * inner});
    repeat_middle(wide.data(), outer, extent, inner, next.data());
    wide = std::move(next);
    std::copy(shape.begin() + static_cast<std::ptrdiff_t>(run->first),
              shape.begin() + static_cast<std::ptrdiff_t>(run->last),
              extents.begin() + static_cast<std::ptrdiff_t>(run->first));
  }
  wide.reshape(shape);
  return wide;
}

}  // namespace saddle::kernels
