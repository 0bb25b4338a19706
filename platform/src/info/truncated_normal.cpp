#include "info/truncated_normal.hpp"

#include <boost/math/special_functions/erf.hpp>

#include <cmath>

namespace saddle {

// The share below x is (1 + erf(x / sqrt 2) / erf(bound / sqrt 2)) / 2.
double truncated_normal_quantile(double p, double bound) {
  const double root = std::sqrt(2.0);
  return root * boost::math::erf_inv((2 * p - 1) * std::erf(bound / root));
}

}  // namespace saddle
