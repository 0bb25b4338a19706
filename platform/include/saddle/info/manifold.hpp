#pragma once

#include <saddle/tensor/matrix.hpp>

#include <cstddef>

// How two samples cover each other, by balls around points that reach to the k-th nearest other
// point of the same sample. All are NaN where a sample has no more than k points, or a point that
// is not finite; k >= 1. Points that coincide count as each other's neighbours, at distance 0.
// Samples of different dimension throw PluginError.
namespace saddle::info {

struct PrecisionRecall {
  double precision;  // the share of generated points in at least one ball of a real point
  double recall;     // the share of real points in at least one ball of a generated point
};

// Kynkaanniemi et al. 2019, equations 1 and 2: a point on the rim of a ball (<=) is in it. real
// [n, d], generated [m, d].
PrecisionRecall precision_recall(const Matrix& real, const Matrix& generated, std::size_t k);

struct DensityCoverage {
  double density;   // balls of real points around a generated point, over k: its mean; may exceed 1
  double coverage;  // the share of real points whose ball holds a generated point
};

// Naeem et al. 2020, equations 3 and 4: a point on the rim of a ball is outside of it (<), so that
// the ball of a real point with k copies holds nothing. real [n, d], generated [m, d].
DensityCoverage density_coverage(const Matrix& real, const Matrix& generated, std::size_t k);

}  // namespace saddle::info
