#pragma once

#include <saddle/tensor/tensor.hpp>

#include <cstddef>
#include <vector>

namespace saddle {

// Numbers in double precision, whatever the Scalar of the build is: what estimators compute with.
struct Matrix {
  std::size_t rows, columns;
  std::vector<double> values;  // rows * columns of them, row major

  // Zeros.
  Matrix(std::size_t row_count, std::size_t column_count)
      : rows(row_count), columns(column_count), values(row_count * column_count) {}

  const double* row(std::size_t i) const { return values.data() + i * columns; }
  double* row(std::size_t i) { return values.data() + i * columns; }
};

// Each row flattened: [n, ...] -> [n, the product of the rest]
Matrix to_matrix(const Tensor& x);
bool all_finite(const Matrix& x);

}  // namespace saddle
