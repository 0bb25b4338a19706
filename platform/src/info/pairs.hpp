#pragma once

#include <saddle/tensor/matrix.hpp>

#include "tensor/parallel.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace saddle::info {

// The squared Euclidean distance and the scalar product of two points of d numbers. One compiled
// function each, so that equal distances are equal to the bit wherever they are computed, the same
// in both directions, and 0 between equal points.
double squared_distance(const double* x, const double* y, std::size_t d);
double scalar_product(const double* x, const double* y, std::size_t d);

// visit(i, values) for each row i of `a`, where values[j] = of(a_i, b_j, d) for each row j of `b`;
// `visit` may change them. Rows are visited by several threads, each row by one: what `visit`
// writes must belong to row i alone.
template <class Of, class Visit>
void for_each_row(const Matrix& a, const Matrix& b, const Of& of, const Visit& visit) {
  // Each row of b is read once for so many of a.
  constexpr std::size_t kBlock = 16;
  kernels::for_ranges(a.rows, kBlock, [&](std::size_t begin, std::size_t end) {
    Matrix values(end - begin, b.rows);
    for (std::size_t j = 0; j < b.rows; ++j)
      for (std::size_t i = begin; i < end; ++i)
        values.row(i - begin)[j] = of(a.row(i), b.row(j), a.columns);
    for (std::size_t i = begin; i < end; ++i) visit(i, values.row(i - begin));
  });
}

// Throws PluginError for points of different dimension; `what` names the measure.
void require_same_dimension(const char* what, const Matrix& a, const Matrix& b);

// Pairs as points of both spaces: x [n, dx], y [n, dy] -> [n, dx + dy]. Throws PluginError for
// different numbers of rows.
Matrix side_by_side(const Matrix& x, const Matrix& y);

// x and then y, as points of one space: [n, d], [m, d] -> [n + m, d]. Throws PluginError for
// different dimensions.
Matrix stacked(const Matrix& x, const Matrix& y);

// The mean of the two middle values, or the middle one; NaN of none.
double median(std::vector<double> values);

}  // namespace saddle::info
