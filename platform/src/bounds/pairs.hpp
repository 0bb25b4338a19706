#pragma once

#include <saddle/base/random.hpp>
#include <saddle/tensor/matrix.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

// Rows of paired points that are split, shuffled and paired anew.
namespace saddle::bounds {

using Rows = std::vector<std::size_t>;

// 0 to n - 1 in random order.
Rows shuffled(std::size_t n, const RandomStream& stream);
// An order of n > 1 rows without a fixed point, so that no pair drawn together passes for one drawn
// apart: one cycle through all of them (Sattolo 1986).
Rows derangement(std::size_t n, const RandomStream& stream);

// Batches of rows for training: passes over all of them, each in its own order, whose rest below a
// whole batch is left out. A batch is smaller where there are fewer rows.
class Batches {
 public:
  Batches(Rows rows, std::size_t size, RandomStream stream);
  Rows at(std::int64_t step);

 private:
  Rows rows_;
  std::size_t size_;
  RandomStream stream_;
  // The order of the pass that was asked for last.
  std::size_t pass_;
  Rows order_;
};

// These rows of a matrix as Scalars.
Tensor pick_scalars(const Matrix& points, const Rows& rows);

// The term of each row in the symmetric InfoNCE bound from log ratios [n, n]:
// T_ii - ln sum_j e^T_ij / 2 - ln sum_j e^T_ji / 2 + ln n. Their mean is the bound.
std::vector<double> info_nce_terms(const Matrix& ratios);

double mean_of(const std::vector<double>& values);
// The standard error of the mean of independent values.
double error_of(const std::vector<double>& values);

}  // namespace saddle::bounds
