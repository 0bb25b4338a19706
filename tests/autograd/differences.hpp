#pragma once

#include <saddle/autograd/variable.hpp>

#include <functional>

// Gradients against central differences.
namespace saddle::testing {

constexpr bool kDouble = sizeof(Scalar) == sizeof(double);
// Central differences of step h err by h^2 and by rounding / h.
constexpr double kBound = kDouble ? 1e-6 : 2e-2;

using Function = std::function<Variable(const Variables&)>;

// The function contracted to a number with fixed weights.
Variable first_order(const Function& f, const Variables& inputs);
// A number made of the first derivatives, for the second derivatives.
Variable second_order(const Function& f, const Variables& inputs);

// The largest relative difference of the gradient of f, a number, from central differences.
double worst_error(const Function& f, const Variables& inputs);

// Checks both orders of f in every element of its inputs.
void check_gradients(const Function& f, const Variables& inputs);

}  // namespace saddle::testing
