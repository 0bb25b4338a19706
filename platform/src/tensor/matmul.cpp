#include "tensor/bias.hpp"
#include "tensor/kernels.hpp"
#include "tensor/matmul_parts.hpp"
#include "tensor/openblas.hpp"

#include <array>
#include <atomic>
#include <cassert>

namespace saddle::kernels {
namespace {

std::atomic<int>& reference_depth() {
  static std::atomic<int> depth{0};
  return depth;
}

// The scalar of the build chooses one of the two.
[[maybe_unused]] bool fast_multiply(const float* a, const float* b, float* c,
                                    const Product<float>& p) {
  multiply_in_parts(a, b, c, p);
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
  if (k > 0)
    openblas::multiply(a.data(), b.data(), c.data(),
                       {transpose_a, transpose_b, m, n, k, a.shape(1), b.shape(1), n});
  else
    c = zeros(c.shape());
  if (bias) add_bias(c.data(), m, n, n, bias->data(), slope);
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

void warm_up() {
  constexpr std::size_t kSide = 16;
  const std::array<Scalar, kSide * kSide> zeros{};
  std::array<Scalar, kSide * kSide> product;
  fast_multiply(zeros.data(), zeros.data(), product.data(),
                {false, false, kSide, kSide, kSide, nullptr, 1});
}

}  // namespace saddle::kernels
