#pragma once

#include <saddle/base/pool.hpp>

#include "tensor/parallel.hpp"

#include <xtensor/xstorage.hpp>

#include <algorithm>
#include <cstddef>

namespace saddle::kernels {

// Each part gives an output of its own: where that is as large as weights are, parts are few.
constexpr std::size_t kMostPartsOfWeights = 4;

// How many rows of `width` numbers one part of a sum over `rows` holds: enough to be worth a
// thread, and several, in few parts. From the shape alone.
inline std::size_t rows_per_part(std::size_t rows, std::size_t width) {
  constexpr std::size_t kLeastNumbers = 32768, kLeastRows = 8, kMostParts = 16;
  const std::size_t least = (kLeastNumbers + width - 1) / std::max<std::size_t>(1, width);
  return std::max({least, kLeastRows, (rows + kMostParts - 1) / kMostParts});
}

// out[j] = sum over rows, j < width, where sum(begin, end, to) writes that over [begin, end). Each
// thread sums rows that it has near, `grain` at a time; what the parts give is added in their
// order, whatever threads run them (ADR 14).
template <class T, class Sum>
void sum_by_parts(std::size_t rows, std::size_t grain, std::size_t width, T* out, Sum sum) {
  constexpr std::size_t kNumbers = 16384;
  if (rows <= grain) return sum(std::size_t{0}, rows, out);
  const std::size_t parts = (rows + grain - 1) / grain;
  xt::uvector<T, PoolAllocator<T>> partial(parts * width);
  T* const sums = partial.data();
  for_ranges(rows, grain, [&](std::size_t begin, std::size_t end) {
    sum(begin, end, sums + begin / grain * width);
  });
  for_ranges(width, kNumbers, [&](std::size_t begin, std::size_t end) {
    std::copy(sums + begin, sums + end, out + begin);
    for (std::size_t part = 1; part < parts; ++part)
      for (std::size_t j = begin; j < end; ++j) out[j] += sums[part * width + j];
  });
}

}  // namespace saddle::kernels
