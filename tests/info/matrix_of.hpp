#pragma once

#include <saddle/tensor/matrix.hpp>

#include <vector>

namespace saddle::testing {

// Points as rows of equal length.
inline Matrix matrix_of(const std::vector<std::vector<double>>& rows) {
  Matrix matrix(rows.size(), rows.empty() ? 0 : rows[0].size());
  matrix.values.clear();
  for (const auto& row : rows) matrix.values.insert(matrix.values.end(), row.begin(), row.end());
  return matrix;
}

// Numbers as points on a line.
inline Matrix line_of(const std::vector<double>& numbers) {
  Matrix matrix(numbers.size(), 1);
  matrix.values = numbers;
  return matrix;
}

}  // namespace saddle::testing
