#pragma once

namespace saddle {

// The quantile of N(0, 1) cut to [-bound, bound]: the x with a share p of the distribution below.
// 0 < p < 1, bound > 0. Exact to double precision.
double truncated_normal_quantile(double p, double bound);

}  // namespace saddle
