#pragma once

#include <saddle/autograd/variable.hpp>

namespace saddle {

// op(a) op(b) where op transposes as asked: [m, k] x [k, n] -> [m, n]. A mismatch throws
// PluginError.
Variable matmul(const Variable& a, const Variable& b, bool transpose_a = false,
                bool transpose_b = false);
// x w + b: [n, in] x [in, out] + [out] -> [n, out]. A mismatch throws PluginError.
Variable affine(const Variable& x, const Variable& w, const Variable& b);
// leaky_relu(x w + b, slope) in one pass over memory.
Variable affine_leaky_relu(const Variable& x, const Variable& w, const Variable& b, double slope);

}  // namespace saddle
