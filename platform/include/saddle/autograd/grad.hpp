#pragma once

#include <saddle/autograd/variable.hpp>

namespace saddle {

struct GradOptions {
  // Record the gradients' own history, so that they can be differentiated again.
  bool create_graph = false;
};

// The derivatives of `loss` (size 1) with respect to each variable of `wrt`, in that order and with
// their shapes; zeros where no path leads there. Only paths that reach `wrt` are computed, and
// nothing is stored in the graph. Variables of `wrt` may be leaves or results of ops.
Variables grad(const Variable& loss, const Variables& wrt, GradOptions options = {});

// The same with the cotangent of `output` given in place of a scalar loss.
Variables vjp(const Variable& output, const Variable& cotangent, const Variables& wrt,
              GradOptions options = {});

}  // namespace saddle
