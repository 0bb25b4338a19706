#pragma once

// The door to the special functions of Boost.Math.
namespace saddle::info {

// psi, the derivative of ln Gamma. x > 0.
double digamma(double x);
// psi's derivative. x > 0.
double trigamma(double x);
// The x with a share p of N(0, 1) below. 0 < p < 1.
double normal_quantile(double p);
// The same of Student's t with so many degrees of freedom > 0.
double student_quantile(double p, double freedom);
// The same of chi squared.
double chi_squared_quantile(double p, double freedom);

}  // namespace saddle::info
