#pragma once

#include <saddle/tensor/matrix.hpp>

#include "info/truncated_normal.hpp"

#include <cmath>
#include <cstdint>

// Data that any language can make, for values that were computed elsewhere.
namespace saddle::testing {

// Uniform on (0, 1), row by row, by splitmix64 (Steele, Lea and Flood 2014).
inline Matrix splitmix(std::uint64_t seed, std::size_t rows, std::size_t columns) {
  Matrix out(rows, columns);
  for (double& value : out.values) {
    std::uint64_t z = seed += 0x9E3779B97F4A7C15;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
    z = (z ^ z >> 27) * 0x94D049BB133111EB;
    z ^= z >> 31;
    value = (static_cast<double>(z >> 11) + 0.5) * 0x1p-53;
  }
  return out;
}

// `count` columns from `first` on.
inline Matrix columns(const Matrix& of, std::size_t first, std::size_t count) {
  Matrix out(of.rows, count);
  for (std::size_t i = 0; i < of.rows; ++i)
    for (std::size_t j = 0; j < count; ++j) out.row(i)[j] = of.row(i)[first + j];
  return out;
}

// change(a, b) of each pair of elements.
template <class Change>
Matrix mapped(const Matrix& a, const Matrix& b, Change change) {
  Matrix out = a;
  for (std::size_t i = 0; i < out.values.size(); ++i)
    out.values[i] = change(a.values[i], b.values[i]);
  return out;
}

// N(0, 1) from uniform numbers; a bound of 40 cuts off nothing.
inline Matrix normals(Matrix uniform) {
  for (double& value : uniform.values) value = truncated_normal_quantile(value, 40);
  return uniform;
}

}  // namespace saddle::testing
