#pragma once

#include <saddle/info/estimate.hpp>

#include <vector>

namespace saddle::info {

// KL(p || q) of two known densities by Monte Carlo, in nats, from the logarithms of both at points
// that were drawn from p: the mean of ln p(x_i) - ln q(x_i), which has no bias, and its standard
// error. For laws without a closed form, as mixtures, it is the truth beside estimates. Infinite,
// with no error, where q has no density at a point. Where q's tails are much thinner than p's, a
// few points make most of the mean, and the error says too little. Throws PluginError for vectors
// of different lengths or fewer than two points.
Measured kl_between_densities(const std::vector<double>& log_p, const std::vector<double>& log_q);

}  // namespace saddle::info
