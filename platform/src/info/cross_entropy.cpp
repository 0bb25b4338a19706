#include <saddle/info/cross_entropy.hpp>

#include <saddle/base/error.hpp>
#include <saddle/info/neighbour_entropy.hpp>

#include <numeric>
#include <string>

namespace saddle::info {

double kl_to_density(const Matrix& x, const std::vector<double>& log_density, std::size_t k) {
  if (log_density.size() != x.rows)
    throw PluginError("KL to a known density needs its logarithm at each point: there are " +
                      std::to_string(x.rows) + " points and " + std::to_string(log_density.size()) +
                      " densities.");
  const double sum = std::accumulate(log_density.begin(), log_density.end(), 0.0);
  return -sum / static_cast<double>(x.rows) - kozachenko_leonenko(x, k).value;
}

}  // namespace saddle::info
