#include <saddle/info/known_densities.hpp>

#include <saddle/base/error.hpp>

#include <cmath>
#include <limits>
#include <string>

namespace saddle::info {

Measured kl_between_densities(const std::vector<double>& log_p, const std::vector<double>& log_q) {
  const std::size_t points = log_p.size();
  if (log_q.size() != points || points < 2)
    throw PluginError(
        "KL between known densities needs the logarithms of both at two or more points: there "
        "are " +
        std::to_string(points) + " of the first and " + std::to_string(log_q.size()) +
        " of the second.");
  const auto n = static_cast<double>(points);
  double mean = 0;
  for (std::size_t i = 0; i < points; ++i) mean += (log_p[i] - log_q[i]) / n;
  if (!std::isfinite(mean)) return {mean, std::numeric_limits<double>::quiet_NaN()};
  double squares = 0;
  for (std::size_t i = 0; i < points; ++i) squares += std::pow(log_p[i] - log_q[i] - mean, 2);
  return {mean, std::sqrt(squares / (n - 1) / n)};
}

}  // namespace saddle::info
