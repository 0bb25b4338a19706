#pragma once

#include <saddle/tensor/tensor.hpp>

#include <algorithm>
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
// Rows of these numbers, copied.
template <class Numbers>
Matrix rows_of(const Matrix& x, const Numbers& numbers) {
  Matrix chosen(numbers.size(), x.columns);
  for (std::size_t i = 0; i < numbers.size(); ++i)
    std::copy_n(x.row(numbers[i]), x.columns, chosen.row(i));
  return chosen;
}

}  // namespace saddle
