#pragma once

#include "tensor/convolution.hpp"

// oneDNN's convolutions. It never threads itself: images are parted by the shape alone, and each
// part is computed on one thread. The gradients of weights of the parts are added in their order.
namespace saddle::kernels {

// The name of oneDNN's kernel for a pass; null where it has none that was written for this
// processor, and in the double build.
const char* onednn_kernel(ConvolutionPass pass, const ConvolutionShape& shape);

// These may be called where `onednn_kernel` names one.
Tensor onednn_convolution(const Tensor& x, const Tensor& w, const ConvolutionShape& shape);
Tensor onednn_backward_data(const Tensor& y, const Tensor& w, const ConvolutionShape& shape);
Tensor onednn_backward_weights(const Tensor& x, const Tensor& y, const ConvolutionShape& shape);

}  // namespace saddle::kernels
