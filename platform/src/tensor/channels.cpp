#include "tensor/channels.hpp"

#include <saddle/base/pool.hpp>

#include "tensor/kernels.hpp"
#include "tensor/map.hpp"
#include "tensor/sum_by_parts.hpp"

#include <algorithm>
#include <cassert>

namespace saddle::kernels {
namespace {

// out[j] = sum over rows i of a[i, j] b[i, j], j < columns; gathered from chunks of rows, so that
// the error of float does not grow with their number.
void sum_product_columns(const Scalar* __restrict a, const Scalar* __restrict b, std::size_t rows,
                         std::size_t columns, Scalar* __restrict out) {
  constexpr std::size_t kRowsPerChunk = 64;
  std::fill_n(out, columns, Scalar{0});
  PoolVector<Scalar> part(columns);
  Scalar* __restrict sums = part.data();
  for (std::size_t first = 0; first < rows; first += kRowsPerChunk) {
    std::fill_n(sums, columns, Scalar{0});
    for (std::size_t i = first; i < std::min(rows, first + kRowsPerChunk); ++i)
      for (std::size_t j = 0; j < columns; ++j) sums[j] += a[i * columns + j] * b[i * columns + j];
    for (std::size_t j = 0; j < columns; ++j) out[j] += sums[j];
  }
}

void scale_shift_rows(const Scalar* __restrict x, const Scalar* __restrict factor,
                      const Scalar* __restrict offset, Scalar slope, std::size_t rows,
                      std::size_t columns, Scalar* __restrict out) {
  const LeakyRelu bend{slope};
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < columns; ++j)
      out[i * columns + j] = bend(x[i * columns + j] * factor[j] + offset[j]);
}

}  // namespace

Tensor channel_means(const Tensor& x) {
  const std::size_t channels = x.shape().back();
  assert(x.size() > 0);
  const auto share =
      static_cast<Scalar>(static_cast<double>(channels) / static_cast<double>(x.size()));
  return map([share](auto u) { return u * decltype(u)(share); }, sum_to(x, {channels}));
}

Tensor sum_products(const Tensor& a, const Tensor& b) {
  assert(a.shape() == b.shape() && a.dimension() > 0);
  const std::size_t channels = a.shape().back();
  Tensor out = zeros({channels});
  if (a.size() == 0) return out;
  const std::size_t rows = a.size() / channels;
  sum_by_parts(rows, rows_per_part(rows, channels), channels, out.data(),
               [&](std::size_t begin, std::size_t end, Scalar* to) {
                 sum_product_columns(a.data() + begin * channels, b.data() + begin * channels,
                                     end - begin, channels, to);
               });
  return out;
}

Tensor scale_shift(const Tensor& x, const Tensor& factor, const Tensor& offset, Scalar slope) {
  const std::size_t channels = factor.size();
  assert(x.shape().back() == channels && offset.size() == channels);
  Tensor out = empty(x.shape());
  if (x.size() == 0) return out;
  for_rows(x.size() / channels, channels, [&](std::size_t begin, std::size_t end) {
    scale_shift_rows(x.data() + begin * channels, factor.data(), offset.data(), slope, end - begin,
                     channels, out.data() + begin * channels);
  });
  return out;
}

}  // namespace saddle::kernels
