#pragma once

#include <saddle/tensor/matrix.hpp>

#include <vector>

namespace saddle::info {

// Scott's rule for the widths of kernels on points [n, d]: s_j n^(-1 / (d + 4)), s_j the standard
// deviation of axis j (Scott 1992). NaN for fewer than 2 points.
std::vector<double> scott_widths(const Matrix& points);

// The differential entropy -1 / n sum_i ln p_i(x_i) of points [n, d], in nats, p_i the density of
// Gaussian kernels on all points but x_i, with the standard deviation widths[j] > 0 along axis j
// (Ivanov and Rozhkova 1981). Too high by what the kernels blur; d beyond 3 or so needs very many
// points. NaN for fewer than 2 points, or one that is not finite.
double kernel_density_entropy(const Matrix& points, const std::vector<double>& widths);

}  // namespace saddle::info
