#pragma once

#include <saddle/tensor/tensor.hpp>

#include <cstddef>

namespace saddle::kernels {

// The extents of a product c = op(a) op(b) + bias, where there is one: [n], added to each row; then
// what is negative is multiplied by the slope.
template <class T>
struct Product {
  bool transpose_a, transpose_b;
  std::size_t m, n, k;
  const T* bias;
  T slope;
};

// c = op(a) op(b) of matrices whose rows lie these numbers of elements apart.
struct StridedProduct {
  bool transpose_a, transpose_b;
  std::size_t m, n, k, stride_a, stride_b, stride_c;
};

// c = op(a) op(b) with bias and slope, of matrices without gaps, by the kernels in force. The
// extents may be zero.
void multiply(const Scalar* a, const Scalar* b, Scalar* c, const Product<Scalar>& p);

}  // namespace saddle::kernels
