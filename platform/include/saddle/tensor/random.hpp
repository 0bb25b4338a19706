#pragma once

#include <saddle/base/random.hpp>
#include <saddle/tensor/tensor.hpp>

namespace saddle {

// Tensors of random numbers. Row i of the result is row `first_row` + i of the stream, so that a
// batch may be drawn in parts.
Tensor random_normal(const RandomStream& stream, const Shape& shape, std::size_t first_row = 0);
Tensor random_uniform(const RandomStream& stream, const Shape& shape, double low, double high,
                      std::size_t first_row = 0);

}  // namespace saddle
