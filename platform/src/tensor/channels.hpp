#pragma once

#include <saddle/tensor/tensor.hpp>

// Arithmetic over channels: the last axis of a tensor [..., channels].
namespace saddle::kernels {

// The mean over all but the last axis of a tensor that is not empty: [..., channels] -> [channels].
Tensor channel_means(const Tensor& x);
// The sum over all but the last axis of a b: two of [..., channels] -> [channels].
Tensor sum_products(const Tensor& a, const Tensor& b);
// x factor + offset, what is negative then times the slope: [..., channels], [channels], [channels]
// -> [..., channels].
Tensor scale_shift(const Tensor& x, const Tensor& factor, const Tensor& offset, Scalar slope);

}  // namespace saddle::kernels
