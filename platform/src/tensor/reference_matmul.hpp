#pragma once

#include <saddle/tensor/tensor.hpp>

#include <string>

namespace saddle::kernels {

// c = op(a) op(b) + beta c by xtensor-blas, on one thread.
void reference_multiply(const Tensor& a, const Tensor& b, bool transpose_a, bool transpose_b,
                        double beta, Tensor& c);
// What OpenBLAS says of itself, with the processor that it chose.
std::string reference_library();

}  // namespace saddle::kernels
