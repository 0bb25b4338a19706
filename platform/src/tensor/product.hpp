#pragma once

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

}  // namespace saddle::kernels
