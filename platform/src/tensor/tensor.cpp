#include <saddle/tensor/tensor.hpp>

#include "tensor/kernels.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace saddle {

std::size_t element_count(const Shape& shape) {
  std::size_t count = 1;
  for (const std::size_t extent : shape) count *= extent;
  return count;
}

std::string to_text(const Shape& shape) {
  std::string text = "[";
  for (std::size_t i = 0; i < shape.size(); ++i)
    text += (i > 0 ? ", " : "") + std::to_string(shape[i]);
  return text + "]";
}

Shape with_rows(std::size_t rows, const Shape& rest) {
  Shape shape{rows};
  shape.insert(shape.end(), rest.begin(), rest.end());
  return shape;
}

Shape row_shape(const Shape& shape) {
  assert(!shape.empty());
  return Shape(shape.begin() + 1, shape.end());
}

Tensor empty(const Shape& shape) { return Tensor::from_shape(shape); }

Tensor full(const Shape& shape, double value) {
  Tensor out = empty(shape);
  std::fill_n(out.data(), out.size(), static_cast<Scalar>(value));
  return out;
}

Tensor zeros(const Shape& shape) { return full(shape, 0); }

Tensor tensor(const Shape& shape, const std::vector<double>& elements) {
  assert(elements.size() == element_count(shape));
  Tensor out = empty(shape);
  std::transform(elements.begin(), elements.end(), out.data(),
                 [](double value) { return static_cast<Scalar>(value); });
  return out;
}

Tensor rows(const Tensor& x, std::size_t begin, std::size_t end) {
  assert(begin <= end && end <= x.shape(0));
  Tensor out = empty(with_rows(end - begin, row_shape(x.shape())));
  const std::size_t row_size = x.shape(0) == 0 ? 0 : x.size() / x.shape(0);
  std::copy_n(x.data() + begin * row_size, out.size(), out.data());
  return out;
}

bool all_finite(const Tensor& x) {
  // Infinity and NaN times zero are NaN, all else zero. Separate lanes let the sum be vectorised.
  constexpr std::size_t kLanes = 32;
  Scalar lanes[kLanes] = {};
  const Scalar* data = x.data();
  std::size_t i = 0;
  for (; i + kLanes <= x.size(); i += kLanes)
    for (std::size_t j = 0; j < kLanes; ++j) lanes[j] += data[i + j] * Scalar{0};
  for (; i < x.size(); ++i) lanes[0] += data[i] * Scalar{0};
  return std::all_of(lanes, lanes + kLanes, [](Scalar lane) { return lane == Scalar{0}; });
}

double squared_norm(const Tensor& x) { return kernels::sum_of_squares(x.data(), x.size()); }

}  // namespace saddle
