#pragma once

#include <saddle/base/random.hpp>
#include <saddle/tensor/tensor.hpp>

#include <functional>
#include <string>

// How parameters begin. The stream carries the parameter's own path, so that adding a layer changes
// no other layer's values.
namespace saddle {

using Initialiser = std::function<Tensor(const Shape&, const RandomStream&)>;

namespace init {

Initialiser constant(double value);
Initialiser normal(double deviation);
Initialiser uniform(double low, double high);
// N(0, gain^2 / fan_in) for weights [in, out] or [kernel height, kernel width, in, out], where the
// window counts as inputs (He et al. 2015; gain sqrt 2 suits rectifiers).
Initialiser he(double gain = 1.4142135623730951);
// Uniform on +- sqrt(6 / (fan_in + fan_out)) times gain (Glorot and Bengio 2010).
Initialiser xavier(double gain = 1);
// Orthonormal columns, or rows where there are fewer of them, times gain (Saxe et al. 2014): a
// random rotation. A kernel [..., out] is taken as a matrix [product of the rest, out].
Initialiser orthogonal(double gain = 1);

}  // namespace init
}  // namespace saddle
