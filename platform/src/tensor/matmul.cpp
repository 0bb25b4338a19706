#include "tensor/kernels.hpp"
#include "tensor/map.hpp"
#include "tensor/parallel.hpp"
#include "tensor/reference_matmul.hpp"

#include <omp.h>
#include <oneapi/dnnl/dnnl.h>

#include <algorithm>
#include <atomic>
#include <cassert>
#include <string>
#include <type_traits>

namespace saddle::kernels {
namespace {

std::atomic<int>& reference_depth() {
  static std::atomic<int> depth{0};
  return depth;
}

// The extents of a product c = op(a) op(b) + bias, where there is one: [n], added to each row; then
// what is negative is multiplied by the slope.
template <class T>
struct Product {
  bool transpose_a, transpose_b;
  std::size_t m, n, k;
  const T* bias;
  T slope;
};

// Rows [row, row + row_count) and columns [column, column + column_count) of the output.
struct Part {
  std::size_t row, row_count, column, column_count;
};

// Bias and slope, while the part is still in the cache.
void finish(float* c, const Product<float>& p, const Part& part) {
  const float* const bias = p.bias + part.column;
  for (std::size_t row = part.row; row < part.row + part.row_count; ++row) {
    float* const begin = c + row * p.n + part.column;
    map_range(
        0, part.column_count, begin,
        [bend = LeakyRelu{p.slope}](auto u, auto b) { return bend(u + b); }, begin, bias);
  }
}

void multiply_part(const float* a, const float* b, float* c, const Product<float>& p,
                   const Part& part) {
  // oneDNN must not thread itself: that changes bits for some shapes.
  omp_set_num_threads(1);
  const auto extent = [](std::size_t x) { return static_cast<dnnl_dim_t>(x); };
  const std::size_t lda = p.transpose_a ? p.m : p.k, ldb = p.transpose_b ? p.k : p.n;
  dnnl_sgemm(p.transpose_a ? 'T' : 'N', p.transpose_b ? 'T' : 'N', extent(part.row_count),
             extent(part.column_count), extent(p.k), 1.0F,
             a + (p.transpose_a ? part.row : part.row * lda), extent(lda),
             b + (p.transpose_b ? part.column * ldb : part.column), extent(ldb), 0.0F,
             c + part.row * p.n + part.column, extent(p.n));
  if (p.bias) finish(c, p, part);
}

// The rows or columns of a part, of `side` in all; from the shape of the product alone.
std::size_t part_size(const Product<float>& p, std::size_t side) {
  // A product this small is done before another thread has woken up.
  constexpr std::size_t kWorthSharing = std::size_t{1} << 20;
  if (p.m * p.n * p.k < kWorthSharing || side < 64) return side;
  const std::size_t parts = std::clamp<std::size_t>(side / 128, 2, 16);
  // Kernels are slow on a part whose last vector is not full.
  constexpr std::size_t kVector = 16;
  return ((side + parts - 1) / parts + kVector - 1) / kVector * kVector;
}

// The scalar of the build chooses one of the two.
[[maybe_unused]] bool fast_multiply(const float* a, const float* b, float* c,
                                    const Product<float>& p) {
  const std::size_t side = std::max(p.m, p.n);
  for_ranges(side, part_size(p, side), [&](std::size_t begin, std::size_t end) {
    const bool by_rows = p.m >= p.n;
    multiply_part(a, b, c, p,
                  by_rows ? Part{begin, end - begin, 0, p.n} : Part{0, p.m, begin, end - begin});
  });
  return true;
}

// oneDNN multiplies no doubles.
[[maybe_unused]] bool fast_multiply(const double*, const double*, double*, const Product<double>&) {
  return false;
}

}  // namespace

ReferenceScope::ReferenceScope() { ++reference_depth(); }
ReferenceScope::~ReferenceScope() { --reference_depth(); }
bool reference_in_force() { return reference_depth() > 0; }

namespace {

// c = op(a) op(b), plus the bias where there is one; then its negative elements times the slope.
void multiply(const Tensor& a, const Tensor& b, bool transpose_a, bool transpose_b,
              const Tensor* bias, Scalar slope, Tensor& c) {
  const std::size_t m = c.shape(0), n = c.shape(1), k = a.shape(transpose_a ? 0 : 1);
  assert(a.shape(transpose_a ? 1 : 0) == m && b.shape(transpose_b ? 1 : 0) == k);
  if (m == 0 || n == 0) return;
  const Product<Scalar> product{transpose_a, transpose_b, m, n, k, bias ? bias->data() : nullptr,
                                slope};
  if (k > 0 && !reference_in_force() && fast_multiply(a.data(), b.data(), c.data(), product))
    return;
  c = bias ? broadcast_to(*bias, c.shape()) : zeros(c.shape());
  if (k > 0) reference_multiply(a, b, transpose_a, transpose_b, bias ? 1.0F : 0.0F, c);
  if (slope != 1) c = map(LeakyRelu{slope}, c);
}

}  // namespace

Tensor matmul(const Tensor& a, const Tensor& b, bool transpose_a, bool transpose_b) {
  Tensor c = empty({a.shape(transpose_a ? 1 : 0), b.shape(transpose_b ? 0 : 1)});
  multiply(a, b, transpose_a, transpose_b, nullptr, 1, c);
  return c;
}

Tensor affine(const Tensor& x, const Tensor& w, const Tensor& b, Scalar slope) {
  assert(b.size() == w.shape(1));
  Tensor y = empty({x.shape(0), w.shape(1)});
  multiply(x, w, false, false, &b, slope, y);
  return y;
}

const char* matmul_library() {
  static const std::string name = [] {
    if (std::is_same_v<Scalar, double>) return reference_library();
    const dnnl_version_t* version = dnnl_version();
    return "oneDNN " + std::to_string(version->major) + "." + std::to_string(version->minor) + "." +
           std::to_string(version->patch);
  }();
  return name.c_str();
}

}  // namespace saddle::kernels
