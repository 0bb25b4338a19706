#pragma once

#include <saddle/autograd/variable.hpp>

// Ops over channels, the last axis of a tensor [..., channels], that normalisation is made of.
namespace saddle {

// x less its means over all but the last axis, which are kernels::channel_means(x.value()).
Variable centre(const Variable& x, const Tensor& means);
// The sums over all but the last axis of x^2 and of a b: [..., channels] -> [channels].
Variable sum_squares(const Variable& x);
Variable sum_products(const Variable& a, const Variable& b);
// leaky_relu(x factor + offset, slope): [..., channels], [channels], [channels] -> [..., channels].
// Slope 1 bends nothing.
Variable scale_shift(const Variable& x, const Variable& factor, const Variable& offset,
                     double slope = 1);

}  // namespace saddle
