#pragma once

#include "tensor/product.hpp"

namespace saddle::kernels {

// c = op(a) op(b) with bias and slope by oneDNN, in parts of c that all threads share. The extents
// must not be zero.
void multiply_in_parts(const float* a, const float* b, float* c, const Product<float>& p);

}  // namespace saddle::kernels
