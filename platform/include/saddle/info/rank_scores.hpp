#pragma once

#include <saddle/tensor/matrix.hpp>

#include <limits>

namespace saddle::info {

// Each axis of points [n, d] by its ranks: a value of rank r among n becomes the quantile of
// r / (n + 1) of Student's t with so many degrees of freedom > 0, of N(0, 1) where they are
// infinite; equal values that of their mean rank. The numbers must not be NaN.
Matrix rank_scores(const Matrix& points, double freedom = std::numeric_limits<double>::infinity());

}  // namespace saddle::info
