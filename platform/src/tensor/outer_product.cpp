#include "tensor/outer_product.hpp"

#include <saddle/base/pool.hpp>

#include "tensor/map.hpp"

namespace saddle::kernels {
namespace {

using Lanes = xsimd::batch<float>;

// The right side and the bias as rows of whole vectors: [k + 1, width].
PoolVector<float> padded_rows(const float* b, const Product<float>& p, std::size_t width) {
  PoolVector<float> rows((p.k + 1) * width);
  for (std::size_t l = 0; l < p.k; ++l)
    for (std::size_t j = 0; j < p.n; ++j)
      rows[l * width + j] = p.transpose_b ? b[j * p.k + l] : b[l * p.n + j];
  if (p.bias) std::copy_n(p.bias, p.n, rows.data() + p.k * width);
  return rows;
}

// One row of the result from column `j` on.
template <std::size_t kTerms>
Lanes row_at(const float* a, const float* rows, std::size_t width, std::size_t j) {
  Lanes sum = Lanes::load_unaligned(rows + kTerms * width + j);
  for (std::size_t l = 0; l < kTerms; ++l)
    sum = xsimd::fma(Lanes(a[l]), Lanes::load_unaligned(rows + l * width + j), sum);
  return sum;
}

template <std::size_t kTerms, class F>
void multiply_rows(const float* a, const float* rows, float* c, const Product<float>& p,
                   std::size_t width, std::size_t begin, std::size_t end, F f) {
  for (std::size_t r = begin; r < end; ++r) {
    float* const row = c + r * p.n;
    std::size_t j = 0;
    for (; j + Lanes::size <= p.n; j += Lanes::size)
      f(row_at<kTerms>(a + r * kTerms, rows, width, j)).store_unaligned(row + j);
    if (j == p.n) continue;
    float part[Lanes::size];
    f(row_at<kTerms>(a + r * kTerms, rows, width, j)).store_unaligned(part);
    std::copy_n(part, p.n - j, row + j);
  }
}

template <std::size_t kTerms>
void multiply(const float* a, const float* b, float* c, const Product<float>& p, std::size_t begin,
              std::size_t end) {
  const std::size_t width = (p.n + Lanes::size - 1) / Lanes::size * Lanes::size;
  const PoolVector<float> rows = padded_rows(b, p, width);
  if (p.slope == 1)
    multiply_rows<kTerms>(a, rows.data(), c, p, width, begin, end, [](auto u) { return u; });
  else
    multiply_rows<kTerms>(a, rows.data(), c, p, width, begin, end, LeakyRelu{p.slope});
}

}  // namespace

void outer_product(const float* a, const float* b, float* c, const Product<float>& p,
                   std::size_t begin, std::size_t end) {
  constexpr decltype(&multiply<1>) kByTerms[] = {multiply<1>, multiply<2>, multiply<3>,
                                                 multiply<4>};
  kByTerms[p.k - 1](a, b, c, p, begin, end);
}

}  // namespace saddle::kernels
