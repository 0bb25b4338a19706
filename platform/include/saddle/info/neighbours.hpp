#pragma once

#include <saddle/tensor/matrix.hpp>

#include <cstddef>
#include <vector>

// What the nearest-neighbour estimators share. They are in double precision and in nats, take
// points as rows, never change a point (no jitter) and never clamp a value. The same rows give the
// same bits at every number of threads.
namespace saddle::info {

enum class Norm { maximum, euclidean };

// An estimate is the mean of a term for each point, in the order of the rows: what a jackknife or a
// subsampling needs, and itself a local value.
struct Pointwise {
  double value;
  std::vector<double> terms;
};

// Options of the estimators of mutual information. Each throws SpecError for k = 0 and DataError
// for samples that it cannot use: not more than k points, different numbers of rows, no columns, a
// number that is not finite.
struct Neighbours {
  std::size_t k = 3;
  // To estimate from `standardised` samples: mutual information does not depend on the scale of a
  // coordinate, its estimates do.
  bool standardise = true;
};

// Each column less its mean and over its standard deviation (with n below the fraction, as
// numpy.std); a constant column becomes 0, and so adds nothing to a distance. Throws DataError for
// a column whose variance double precision cannot hold.
Matrix standardised(Matrix points);

// The share of points that coincide with another one. The estimators are for distinct points (but
// for mixed_ksg), so that an estimate stands beside this share. NaN where a point is not finite, or
// there is none.
double duplicate_fraction(const Matrix& points);

}  // namespace saddle::info
