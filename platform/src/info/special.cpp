#include "info/special.hpp"

#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/trigamma.hpp>

#include <cmath>

namespace saddle::info {

double digamma(double x) { return boost::math::digamma(x); }

double trigamma(double x) { return boost::math::trigamma(x); }

double normal_quantile(double p) { return -std::sqrt(2.0) * boost::math::erfc_inv(2 * p); }

}  // namespace saddle::info
