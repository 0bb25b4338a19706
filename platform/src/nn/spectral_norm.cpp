#include <saddle/nn/spectral_norm.hpp>

#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/autograd/ops/layout.hpp>
#include <saddle/autograd/ops/linear.hpp>
#include <saddle/autograd/ops/math.hpp>
#include <saddle/autograd/ops/reduce.hpp>
#include <saddle/tensor/random.hpp>

#include <cmath>

namespace saddle::nn {
namespace {

Tensor unit(Tensor x) {
  const double length = std::sqrt(squared_norm(x));
  for (Scalar& value : x) value = static_cast<Scalar>(static_cast<double>(value) / length);
  return x;
}

Tensor random_unit(const Shape& shape, const RandomStream& stream) {
  return unit(random_normal(stream, shape));
}

}  // namespace

SpectralNorm::SpectralNorm(std::size_t out) : u_(buffer("u", {out}, random_unit)) {}

SpectralNorm::~SpectralNorm() = default;

Variable SpectralNorm::forward(const Variable& weight, Context& context) {
  const std::size_t out = u_.value().size();
  const Variable matrix = reshape(weight, {weight.size() / out, out});
  Variable u = reshape(Variable(u_.value()), {out, 1});
  if (context.own_update()) {
    const Variable fixed = detach(matrix);
    const Tensor next = matmul(fixed, matmul(fixed, u), true).value();
    if (squared_norm(next) > 0) u = Variable(unit(next));
    u_.propose(reshape(u, {out}).value());
  }
  const Variable norm = sqrt_above(sum(square(matmul(matrix, u))), 0);
  // A weight of zeros has no direction to be scaled in.
  return norm.item() == 0 ? weight : weight / norm;
}

}  // namespace saddle::nn
