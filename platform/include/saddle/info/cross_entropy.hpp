#pragma once

#include <saddle/tensor/matrix.hpp>

#include <cstddef>
#include <vector>

namespace saddle::info {

// KL(p || q) from points x [n, d] of p and the known log density of q at each of them, in nats: the
// cross-entropy -<ln q(x_i)> less `kozachenko_leonenko`'s entropy of x. No sample of q is needed,
// and only the entropy has a bias. Infinite where q has no density at a point. Errors as
// kozachenko_leonenko; throws PluginError for another number of densities than points.
double kl_to_density(const Matrix& x, const std::vector<double>& log_density, std::size_t k = 3);

}  // namespace saddle::info
