#pragma once

#include <saddle/autograd/variable.hpp>

// Activations, elementwise, [...] -> [...]. NaN stays NaN in all of them.
namespace saddle {

Variable tanh(const Variable& x);
// 1 / (1 + exp(-x)), without overflow.
Variable sigmoid(const Variable& x);
// ln(1 + exp(x)), without overflow; the link of the logistic losses.
Variable softplus(const Variable& x);
// max(x, 0); derivative 0 at 0.
Variable relu(const Variable& x);
// x where positive, slope x elsewhere; 0 <= slope.
Variable leaky_relu(const Variable& x, double slope);
// x sigmoid(x) (Elfwing et al. 2018; also called swish).
Variable silu(const Variable& x);
// x Phi(x), Phi the distribution function of N(0, 1) (Hendrycks and Gimpel 2016).
Variable gelu(const Variable& x);
// g where y is positive, slope g elsewhere: the vjp of the rectifiers. No derivative goes to y.
Variable gate(const Variable& g, const Variable& y, double slope);

}  // namespace saddle
