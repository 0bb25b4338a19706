#pragma once

#include <saddle/autograd/variable.hpp>

#include <vector>

namespace saddle {

struct GradOptions {
  // Record the gradients' own history, so that they can be differentiated again.
  bool create_graph = false;
};

// The derivatives of `loss` (size 1) with respect to each variable of `wrt`, in that order and with
// their shapes; zeros where no path leads there. Only paths that reach `wrt` are computed, and
// nothing is stored in the graph. Variables of `wrt` may be leaves or results of ops.
std::vector<Variable> grad(const Variable& loss, const std::vector<Variable>& wrt,
                           GradOptions options = {});

// The same with the cotangent of `output` given in place of a scalar loss.
std::vector<Variable> vjp(const Variable& output, const Variable& cotangent,
                          const std::vector<Variable>& wrt, GradOptions options = {});

}  // namespace saddle
