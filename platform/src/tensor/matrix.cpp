#include <saddle/tensor/matrix.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>

namespace saddle {

Matrix to_matrix(const Tensor& x) {
  assert(x.dimension() > 0);
  Matrix out(x.shape(0), element_count(row_shape(x.shape())));
  std::transform(x.data(), x.data() + x.size(), out.values.begin(),
                 [](Scalar value) { return static_cast<double>(value); });
  return out;
}

bool all_finite(const Matrix& x) {
  return std::all_of(x.values.begin(), x.values.end(),
                     [](double value) { return std::isfinite(value); });
}

}  // namespace saddle
