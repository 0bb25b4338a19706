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

}  // namespace saddle::kernels
