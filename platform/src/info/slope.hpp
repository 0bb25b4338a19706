#pragma once

#include <saddle/tensor/matrix.hpp>

#include <cstddef>

namespace saddle::info {

// ln of the volume of the box along the principal axes of offsets [k, d] from a centre, over that
// of the box along the coordinates: far below 0 where the points lie along a slope. 0 where all are
// at the centre; NaN where one is not finite.
double log_slope_share(Matrix offsets);

// What 0.5 % of shares fall below when k >= d points are uniform around the centre: the threshold
// of Gao, Ver Steeg and Galstyan 2015, algorithm 1, from 20,000 draws, of which 0.4 to 0.6 % lie
// below it. Their table of a few d and k departs from this rule at its ends
// (tests/info/slope_test.cpp). Made once for each d and k; any thread may call it.
double uniform_slope_share(std::size_t d, std::size_t k);

}  // namespace saddle::info
