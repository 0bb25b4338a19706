#pragma once

#include "tensor/map.hpp"

#include <cstddef>

namespace saddle::kernels {

// Adds a bias to each of some rows and multiplies what is negative then by the slope, in place.
template <class T>
void add_bias(T* first, std::size_t rows, std::size_t stride, std::size_t columns, const T* bias,
              T slope) {
  const LeakyRelu bend{slope};
  for (std::size_t r = 0; r < rows; ++r) {
    T* const row = first + r * stride;
    if (columns < xsimd::batch<T>::size)
      for (std::size_t i = 0; i < columns; ++i) row[i] = bend(row[i] + bias[i]);
    else
      map_range(
          0, columns, row, [bend](auto u, auto b) { return bend(u + b); }, row, bias);
  }
}

}  // namespace saddle::kernels
