#pragma once

#include <saddle/tensor/matrix.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

// The counts and distances of nearest-neighbour estimators by a look at every pair of points.
namespace saddle::testing {

inline double maximum_distance(const Matrix& a, std::size_t i, const Matrix& b, std::size_t j) {
  double largest = 0;
  for (std::size_t c = 0; c < a.columns; ++c)
    largest = std::max(largest, std::abs(a.row(i)[c] - b.row(j)[c]));
  return largest;
}

inline double euclidean_distance(const Matrix& a, std::size_t i, const Matrix& b, std::size_t j) {
  double sum = 0;
  for (std::size_t c = 0; c < a.columns; ++c)
    sum += (a.row(i)[c] - b.row(j)[c]) * (a.row(i)[c] - b.row(j)[c]);
  return std::sqrt(sum);
}

// From row i of a to every row of b, ascending.
template <class Distance>
std::vector<double> distances(const Matrix& a, std::size_t i, const Matrix& b, Distance distance) {
  std::vector<double> all;
  for (std::size_t j = 0; j < b.rows; ++j) all.push_back(distance(a, i, b, j));
  std::sort(all.begin(), all.end());
  return all;
}

// How many rows of `a`, row i among them, are nearer to row i than `radius`; or as near.
inline double nearer(const Matrix& a, std::size_t i, double radius) {
  double count = 0;
  for (std::size_t j = 0; j < a.rows; ++j) count += maximum_distance(a, i, a, j) < radius ? 1 : 0;
  return count;
}

inline double as_near(const Matrix& a, std::size_t i, double radius) {
  double count = 0;
  for (std::size_t j = 0; j < a.rows; ++j) count += maximum_distance(a, i, a, j) <= radius ? 1 : 0;
  return count;
}

}  // namespace saddle::testing
