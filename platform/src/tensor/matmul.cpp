#include "tensor/bias.hpp"
#include "tensor/kernels.hpp"
#include "tensor/matmul_parts.hpp"
#include "tensor/openblas.hpp"
#include "tensor/product.hpp"

#include <algorithm>
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

void multiply(const Scalar* a, const Scalar* b, Scalar* c, const Product<Scalar>& p) {
  if (p.m == 0 || p.n == 0) return;
  if (p.k > 0 && !reference_in_force() && fast_multiply(a, b, c, p)) return;
  if (p.k > 0)
    openblas::multiply(a, b, c,
                       {p.transpose_a, p.transpose_b, p.m, p.n, p.k, p.transpose_a ? p.m : p.k,
                        p.transpose_b ? p.k : p.n, p.n});
  else
    std::fill_n(c, p.m * p.n, Scalar{0});
  if (p.bias) add_bias(c, p.m, p.n, p.n, p.bias, p.slope);
}

namespace {

Product<Scalar> extents(const Tensor& a, const Tensor& b, bool transpose_a, bool transpose_b) {
  const std::size_t k = a.shape(transpose_a ? 0 : 1);
  assert(b.shape(transpose_b ? 1 : 0) == k);
  return {transpose_a,
          transpose_b,
          a.shape(transpose_a ? 1 : 0),
          b.shape(transpose_b ? 0 : 1),
          k,
          nullptr,
          1};
}

Tensor multiply(const Tensor& a, const Tensor& b, const Product<Scalar>& product) {
  Tensor c = empty({product.m, product.n});
  kernels::multiply(a.data(), b.data(), c.data(), product);
  return c;
}

}  // namespace

Tensor matmul(const Tensor& a, const Tensor& b, bool transpose_a, bool transpose_b) {
  return multiply(a, b, extents(a, b, transpose_a, transpose_b));
}

Tensor affine(const Tensor& x, const Tensor& w, const Tensor& b, Scalar slope) {
  assert(b.size() == w.shape(1));
  Product<Scalar> product = extents(x, w, false, false);
  product.bias = b.data();
  product.slope = slope;
  return multiply(x, w, product);
}

void warm_up() {
  constexpr std::size_t kSide = 16;
  const std::array<Scalar, kSide * kSide> zeros{};
  std::array<Scalar, kSide * kSide> product;
  fast_multiply(zeros.data(), zeros.data(), product.data(),
                {false, false, kSide, kSide, kSide, nullptr, 1});
}

}  // namespace saddle::kernels
