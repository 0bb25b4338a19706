#include <saddle/nn/fourier_features.hpp>

#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/autograd/ops/layout.hpp>
#include <saddle/autograd/ops/linear.hpp>
#include <saddle/autograd/ops/math.hpp>
#include <saddle/tensor/random.hpp>

#include <cmath>

namespace saddle::nn {
namespace {

constexpr double kTwoPi = 6.28318530717958647692;

Initialiser projections(double low, double high) {
  return [low, high](const Shape& shape, const RandomStream& stream) {
    Tensor out = random_normal(stream, shape);
    const std::size_t in = shape[0], count = shape[1];
    for (std::size_t k = 0; k < count; ++k) {
      const double place = count > 1 ? static_cast<double>(k) / static_cast<double>(count - 1) : 0;
      const double frequency = low * std::pow(high / low, place);
      double squares = 0;
      for (std::size_t i = 0; i < in; ++i) squares += std::pow(double{out(i, k)}, 2);
      for (std::size_t i = 0; i < in; ++i)
        out(i, k) *= static_cast<Scalar>(kTwoPi * frequency / std::sqrt(squares));
    }
    return out;
  };
}

}  // namespace

FourierFeatures::FourierFeatures(std::size_t in, std::size_t count, double low, double high)
    : projection_(buffer("projection", {in, count}, projections(low, high))),
      phase_(buffer("phase", {count}, init::uniform(0, kTwoPi))) {}

FourierFeatures::~FourierFeatures() = default;

Variable FourierFeatures::forward(const Variable& x, Context&) {
  const Variable angles = affine(x, Variable(projection_.value()), Variable(phase_.value()));
  return concat({x, std::sqrt(2.0) * cos(angles)}, 1);
}

}  // namespace saddle::nn
