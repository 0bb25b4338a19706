#include "info/special.hpp"

#include <boost/math/special_functions/digamma.hpp>

namespace saddle::info {

double digamma(double x) { return boost::math::digamma(x); }

}  // namespace saddle::info
