#pragma once

#include <saddle/autograd/variable.hpp>

#include <cstddef>

namespace saddle {

// [...] -> []
Variable sum(const Variable& x);
Variable mean(const Variable& x);
// [..., axis, ...] -> [..., ...]: the axis is summed and removed.
Variable sum(const Variable& x, std::size_t axis);
Variable mean(const Variable& x, std::size_t axis);
// [..., axis, ...] -> [..., ...]: the largest along the axis, or NaN where there is one. The
// derivative goes to the first of equal ones.
Variable max(const Variable& x, std::size_t axis);
// [..., axis, ...] -> [..., ...]: ln sum exp over the axis, without overflow; -infinity where all
// of it is.
Variable logsumexp(const Variable& x, std::size_t axis);
// [n, ...] -> [n]: the sum of each row.
Variable sum_rows(const Variable& x);
// [n, ...] -> [n]: the Euclidean norm of each row; derivatives of all orders 0 where it is 0.
Variable norm_rows(const Variable& x);
// Sums over the axes that broadcasting from `shape` repeats: the reverse of broadcast_to.
Variable sum_to(const Variable& x, const Shape& shape);
// Repeats x by numpy's rules -> shape. A mismatch throws PluginError.
Variable broadcast_to(const Variable& x, const Shape& shape);

}  // namespace saddle
