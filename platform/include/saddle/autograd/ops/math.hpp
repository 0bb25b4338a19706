#pragma once

#include <saddle/autograd/variable.hpp>

// Elementwise functions, [...] -> [...].
namespace saddle {

Variable exp(const Variable& x);
// The natural logarithm.
Variable log(const Variable& x);
Variable sqrt(const Variable& x);
// The square root where x > least >= 0. Elsewhere it is 0, and so is its derivative, which would
// leave the range of the scalar.
Variable sqrt_above(const Variable& x, Scalar least);
Variable square(const Variable& x);
// x to a constant power.
Variable pow(const Variable& x, double power);
Variable sin(const Variable& x);
Variable cos(const Variable& x);
// |x|; derivative 0 at 0.
Variable abs(const Variable& x);
// The error function, 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x.
Variable erf(const Variable& x);
// Wright's omega function W(exp x), W Lambert's: the solution of w + ln w = x, without overflow.
Variable wright_omega(const Variable& x);

}  // namespace saddle
