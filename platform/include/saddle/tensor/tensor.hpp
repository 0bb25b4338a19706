#pragma once

#include <saddle/base/pool.hpp>

#include <xtensor/xarray.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace saddle {

using Scalar = SADDLE_SCALAR;
// A dense array in row-major order; of rank 0 for a single number.
using Tensor = xt::xarray<Scalar, xt::layout_type::row_major, PoolAllocator<Scalar>>;
using Tensors = PoolVector<Tensor>;
using Shape = Tensor::shape_type;

// The number of elements of a shape; 1 for rank 0.
std::size_t element_count(const Shape& shape);
// "[256, 2]".
std::string to_text(const Shape& shape);
// {rows, the rest...}.
Shape with_rows(std::size_t rows, const Shape& rest);
// The shape of one row.
Shape row_shape(const Shape& shape);

// A tensor whose elements are not set.
Tensor empty(const Shape& shape);
Tensor full(const Shape& shape, double value);
Tensor zeros(const Shape& shape);
// The elements in row-major order; their number must be that of the shape.
Tensor tensor(const Shape& shape, const std::vector<double>& elements);
// Rows [begin, end) of axis 0, copied.
Tensor rows(const Tensor& x, std::size_t begin, std::size_t end);
bool all_finite(const Tensor& x);
// The sum of squares of all elements, gathered in double.
double squared_norm(const Tensor& x);

}  // namespace saddle
