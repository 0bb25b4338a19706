#pragma once

#include <saddle/tensor/tensor.hpp>

#include <string>

namespace saddle::plugin_check {

// Where two tensors differ first, in a bit or in their shapes, or "": "element 4 is 0.5 and 0.25".
std::string first_difference(const Tensor& a, const Tensor& b);

// Whether the rows of that number are equal to the bit, in tensors of one shape. Tensors without
// such a row are compared as a whole.
bool same_row(const Tensor& a, const Tensor& b, std::size_t rows, std::size_t row);
// Whether all numbers of the row, or of a tensor without such a row, are finite.
bool finite_row(const Tensor& a, std::size_t rows, std::size_t row);

}  // namespace saddle::plugin_check
