#pragma once

#include <saddle/autograd/variable.hpp>

namespace saddle {

// |x_i - y_j|^2: [n, d], [m, d] -> [n, m]. Exact to rounding of the squares of x
// and y about the mean of y only.
Variable squared_distances(const Variable& x, const Variable& y);

// ln p at `points` [n, d] for the density p of Gaussian kernels of standard deviation `width` at
// `centres` [m, d] -> [n], in nats. With `leave_one_out`, centres are the points, and each point is
// left out of its own density.
Variable log_kernel_density(const Variable& points, const Variable& centres, double width,
                            bool leave_one_out);

// Scott's rule for the width of the kernels: s n^(-1 / (d + 4)), s the root of the mean variance of
// the axes. x [n, d].
double scott_width(const Tensor& x);

}  // namespace saddle
