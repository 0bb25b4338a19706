#pragma once

#include <saddle/autograd/variable.hpp>

#include <cstddef>

// Ops that move elements without changing them. A mismatch throws PluginError.
namespace saddle {

// The same elements in another shape of the same size.
Variable reshape(const Variable& x, const Shape& shape);
// The same tensor as a node of its own: a gradient with respect to it leaves out what depends on x
// in other ways.
Variable alias(const Variable& x);
// [n, ...] -> [n, the product of the rest].
Variable flatten(const Variable& x);
// Tensors that differ in one axis only, one after the other along it.
Variable concat(const Variables& parts, std::size_t axis);
// [begin, end) of an axis.
Variable slice(const Variable& x, std::size_t axis, std::size_t begin, std::size_t end);
// Zeros before and after along an axis: the reverse of slice.
Variable pad(const Variable& x, std::size_t axis, std::size_t before, std::size_t after);
// The same value, cut off from its history.
Variable detach(const Variable& x);

}  // namespace saddle
