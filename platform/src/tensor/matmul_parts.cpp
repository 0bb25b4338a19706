#include "tensor/matmul_parts.hpp"

#include "tensor/bias.hpp"
#include "tensor/matmul_library.hpp"
#include "tensor/matmul_primitive.hpp"
#include "tensor/outer_product.hpp"
#include "tensor/parallel.hpp"
#include "tensor/sum_by_parts.hpp"

#include <algorithm>
#include <vector>

namespace saddle::kernels {
namespace {

// Rows [row, row + row_count) and columns [column, column + column_count) of the output.
struct Part {
  std::size_t row, row_count, column, column_count;
};

// Whether oneDNN has a faster kernel than sgemm, and was called. It writes whole rows alone.
bool multiply_transposed(const float* a, const float* b, float* c, const Product<float>& p,
                         const Part& part) {
  if (p.transpose_a || !p.transpose_b || part.column_count == 1) return false;
  MatmulPrimitive& primitive = matmul_primitive({part.row_count, part.column_count, p.k});
  if (!primitive.fast()) return false;
  a += part.row * p.k;
  b += part.column * p.k;
  c += part.row * p.n + part.column;
  if (part.column_count == p.n) {
    primitive.run(a, b, c);
    return true;
  }
  thread_local std::vector<float> rows;
  rows.resize(part.row_count * part.column_count);
  primitive.run(a, b, rows.data());
  for (std::size_t r = 0; r < part.row_count; ++r)
    std::copy_n(rows.data() + r * part.column_count, part.column_count, c + r * p.n);
  return true;
}

void multiply_block(const float* a, const float* b, float* c, const Product<float>& p,
                    const Part& part) {
  if (multiply_transposed(a, b, c, p, part)) return;
  const std::size_t stride_a = p.transpose_a ? p.m : p.k, stride_b = p.transpose_b ? p.k : p.n;
  multiply_on_this_thread(a + (p.transpose_a ? part.row : part.row * stride_a),
                          b + (p.transpose_b ? part.column * stride_b : part.column),
                          c + part.row * p.n + part.column,
                          {p.transpose_a, p.transpose_b, part.row_count, part.column_count, p.k,
                           stride_a, stride_b, p.n});
}

void multiply_part(const float* a, const float* b, float* c, const Product<float>& p,
                   const Part& part) {
  // One column has a kernel of its own, seven times as fast as that for two or three.
  constexpr std::size_t kFew = 4;
  const std::size_t width = part.column_count <= kFew ? 1 : part.column_count;
  for (std::size_t i = 0; i < part.column_count; i += width)
    multiply_block(a, b, c, p, {part.row, part.row_count, part.column + i, width});
  // While the part is still in the cache.
  if (p.bias)
    add_bias(c + part.row * p.n + part.column, part.row_count, p.n, part.column_count,
             p.bias + part.column, p.slope);
}

// How many parts a product is made in; from its shape alone.
std::size_t part_count(const Product<float>& p) {
  // A product this small is done before another thread has woken up.
  constexpr std::size_t kWorthSharing = std::size_t{1} << 19;
  // In smaller parts, too much of the time goes into packing what they have in common.
  constexpr std::size_t kLarge = std::size_t{1} << 24;
  // What is read and written takes its time, too.
  const std::size_t work = p.m * p.n * p.k, traffic = p.m * p.n + p.m * p.k + p.n * p.k;
  if (work + 8 * traffic < kWorthSharing || std::max(p.m, p.n) < 64) return 1;
  // An even number, which two threads share best.
  return std::clamp<std::size_t>(work / kLarge / 2 * 2, 2, 16);
}

std::size_t part_size(std::size_t side, std::size_t parts) {
  // Kernels are slow on a part whose last vector is not full.
  constexpr std::size_t kVector = 16;
  return ((side + parts - 1) / parts + kVector - 1) / kVector * kVector;
}

// Whether sums over rows are long beside the sides of the output, as for the gradient of weights.
bool sums_are_long(const Product<float>& p) {
  return p.transpose_a && !p.transpose_b && !p.bias && p.k >= 2 * std::max(p.m, p.n);
}

// In parts of the sums: rows of both factors, which a thread that made them has near.
void multiply_by_sums(const float* a, const float* b, float* c, const Product<float>& p) {
  const std::size_t parts = std::min(part_count(p), kMostPartsOfWeights);
  sum_by_parts(p.k, part_size(p.k, parts), p.m * p.n, c,
               [&](std::size_t begin, std::size_t end, float* to) {
                 Product<float> part = p;
                 part.k = end - begin;
                 multiply_part(a + begin * p.m, b + begin * p.n, to, part, {0, p.m, 0, p.n});
               });
}

// Rows, which the next op shares too, where the parts are not too flat for them.
bool parts_are_rows(const Product<float>& p) { return 2 * p.m >= p.n; }

}  // namespace

void multiply_in_parts(const float* a, const float* b, float* c, const Product<float>& p) {
  const bool outer = is_outer_product(p);
  if (!outer && sums_are_long(p)) return multiply_by_sums(a, b, c, p);
  const bool by_rows = outer || parts_are_rows(p);
  const std::size_t side = by_rows ? p.m : p.n;
  for_ranges(side, part_size(side, part_count(p)), [&](std::size_t begin, std::size_t end) {
    if (outer)
      outer_product(a, b, c, p, begin, end);
    else
      multiply_part(a, b, c, p,
                    by_rows ? Part{begin, end - begin, 0, p.n} : Part{0, p.m, begin, end - begin});
  });
}

}  // namespace saddle::kernels
