#pragma once

#include <saddle/autograd/variable.hpp>
#include <saddle/base/schema.hpp>

#include <optional>

namespace saddle {

// A bound on a gradient, as the spec gives it: `{norm: 1.0}`.
struct ClipLimit {
  std::optional<double> norm, value;
  static void describe(Schema& schema);
};

// norm:  g <- g min(1, norm / |g|), |g| over all tensors together (Pascanu et al. 2013)
// value: each element of g cut to [-value, value]
// Written in ops, so that steps that are clipped can be differentiated.
Variables clipped(const ClipLimit& limit, Variables gradients);
// The same of plain tensors.
Tensors clipped(const ClipLimit& limit, Tensors gradients);

}  // namespace saddle
