#pragma once

// The door to the special functions of Boost.Math.
namespace saddle::info {

// psi, the derivative of ln Gamma. x > 0.
double digamma(double x);

}  // namespace saddle::info
