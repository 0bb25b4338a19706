#include "info/dispersion.hpp"

#include "tensor/linear_algebra.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace saddle::info {
namespace {

// The scatter of the rows with these weights, scaled to a correlation matrix.
Matrix weighted_correlations(const Matrix& z, const std::vector<double>& weights) {
  Matrix scaled = z;
  for (std::size_t i = 0; i < z.rows; ++i)
    for (std::size_t j = 0; j < z.columns; ++j) scaled.row(i)[j] *= weights[i];
  Matrix scatter = kernels::multiply(z, scaled, true);
  std::vector<double> scale;
  for (std::size_t j = 0; j < z.columns; ++j)
    scale.push_back(1 / std::sqrt(std::max(scatter.row(j)[j], 1e-300)));
  for (std::size_t i = 0; i < z.columns; ++i)
    for (std::size_t j = 0; j < z.columns; ++j) scatter.row(i)[j] *= scale[i] * scale[j];
  return scatter;
}

}  // namespace

Matrix inverse_root(const Matrix& a) {
  const kernels::SymmetricEigen eigen = kernels::symmetric_eigen(a);
  const double least = 1e-9 * std::max(eigen.values.back(), 1e-300);
  Matrix scaled = eigen.vectors;
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t j = 0; j < a.columns; ++j)
      scaled.row(i)[j] /= std::sqrt(std::max(eigen.values[i], least));
  return kernels::multiply(eigen.vectors, scaled, true);
}

std::vector<double> squared_lengths(const Matrix& x) {
  std::vector<double> lengths(x.rows);
  for (std::size_t i = 0; i < x.rows; ++i)
    lengths[i] = std::inner_product(x.row(i), x.row(i) + x.columns, x.row(i), 0.0);
  return lengths;
}

Matrix dispersion(const Matrix& z, double freedom) {
  std::vector<double> weights(z.rows, 1.0);
  Matrix found = weighted_correlations(z, weights);
  if (std::isinf(freedom)) return found;
  constexpr int kMostRounds = 50;
  constexpr double kClose = 1e-4;
  const auto d = static_cast<double>(z.columns);
  for (int round = 0; round < kMostRounds; ++round) {
    const auto distances = squared_lengths(kernels::multiply(z, inverse_root(found)));
    for (std::size_t i = 0; i < z.rows; ++i)
      weights[i] = (freedom + d) / std::max(freedom + distances[i], 1e-300);
    const Matrix next = weighted_correlations(z, weights);
    double change = 0;
    for (std::size_t k = 0; k < next.values.size(); ++k)
      change = std::max(change, std::abs(next.values[k] - found.values[k]));
    found = next;
    if (change < kClose) break;
  }
  return found;
}

}  // namespace saddle::info
