#pragma once

#include <saddle/tensor/matrix.hpp>

// How far a sample is from a Gaussian, by its fourth moments. Estimators state by these where they
// are right.
namespace saddle::info {

// The greatest E z^4 of a column of points [n, d], z the column less its mean and over its standard
// deviation: 3 for a Gaussian, 6 for a Laplace law, 9 for an exponential one, without end as n
// grows for tails as heavy as Student's t of four degrees of freedom. 0 for a constant column.
double greatest_kurtosis(const Matrix& points);

// Mardia's multivariate kurtosis as a score: <(z_i^T z_i)^2> of the points after whitening, less
// its expectation d (d + 2) (n - 1) / (n + 1) and over its standard deviation sqrt(8 d (d + 2) / n)
// for Gaussian points (Mardia 1970). About N(0, 1) for those. NaN where the covariance is singular.
double mardia_score(const Matrix& points);

}  // namespace saddle::info
