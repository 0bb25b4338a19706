#pragma once

#include "tensor/convolution.hpp"

// Convolutions as products of unfolded windows: [n * windows, kernel height * kernel width * in].
// The reference, and the way of shapes on which oneDNN is slow.
namespace saddle::kernels {

// With a bias [out] and what is negative then times the slope, where there is one.
Tensor columns_convolution(const Tensor& x, const Tensor& w, const Tensor* bias, Scalar slope,
                           const ConvolutionShape& shape);
Tensor columns_backward_data(const Tensor& y, const Tensor& w, const ConvolutionShape& shape);
Tensor columns_backward_weights(const Tensor& x, const Tensor& y, const ConvolutionShape& shape);

}  // namespace saddle::kernels
