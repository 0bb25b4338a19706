#pragma once

#include <saddle/autograd/variable.hpp>

// Elementwise functions, [...] -> [...].
namespace saddle {

Variable exp(const Variable& x);
// The natural logarithm.
Variable log(const Variable& x);
Variable sqrt(const Variable& x);
Variable square(const Variable& x);
// x to a constant power.
Variable pow(const Variable& x, double power);
Variable sin(const Variable& x);
Variable cos(const Variable& x);
// |x|; derivative 0 at 0.
Variable abs(const Variable& x);

}  // namespace saddle
