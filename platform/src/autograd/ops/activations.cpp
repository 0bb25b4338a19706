#include <saddle/autograd/ops/activations.hpp>

#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/autograd/ops/math.hpp>

#include "autograd/ops/check.hpp"
#include "tensor/map.hpp"

namespace saddle {
namespace {

// exp(-|u|) never overflows; both branches follow from it.
template <class V>
V stable_sigmoid(V u) {
  using kernels::select;
  using std::abs, std::exp;
  const V e = exp(-abs(u));
  const V small = e / (V(1) + e);
  return select(u < V(0), small, V(1) - small);
}

template <class V>
V stable_softplus(V u) {
  using kernels::select;
  using std::abs, std::exp, std::log1p;
  // u stands alone, so that NaN passes through.
  return select(u < V(0), V(0), u) + log1p(exp(-abs(u)));
}

}  // namespace

Variable tanh(const Variable& x) {
  const auto value = [](auto u) {
    using std::tanh;
    return tanh(u);
  };
  return record(kernels::map(value, x.value()),
                {{x, [](const Variable& g, const Variable& y) { return g - g * (y * y); }}});
}

Variable sigmoid(const Variable& x) {
  return record(kernels::map([](auto u) { return stable_sigmoid(u); }, x.value()),
                {{x, [](const Variable& g, const Variable& y) { return g * (y - y * y); }}});
}

Variable softplus(const Variable& x) {
  return record(kernels::map([](auto u) { return stable_softplus(u); }, x.value()),
                {{x, [x](const Variable& g, const Variable&) { return g * sigmoid(x); }}});
}

Variable relu(const Variable& x) { return leaky_relu(x, 0); }

Variable leaky_relu(const Variable& x, double slope) {
  require(slope >= 0, "leaky_relu: the slope must not be negative");
  return record(kernels::map(kernels::LeakyRelu{static_cast<Scalar>(slope)}, x.value()),
                {{x, [slope](const Variable& g, const Variable& y) { return gate(g, y, slope); }}});
}

Variable gate(const Variable& g, const Variable& y, double slope) {
  require(g.shape() == y.shape(), "gate: shapes ", g.shape(), " and ", y.shape(), " differ");
  const auto c = static_cast<Scalar>(slope);
  const auto value = [c](auto u, auto v) {
    using kernels::select;
    using V = decltype(u);
    return select(v > V(0), u, u * V(c));
  };
  return record(
      kernels::map(value, g.value(), y.value()),
      {{g, [y, slope](const Variable& h, const Variable&) { return gate(h, y, slope); }}});
}

Variable silu(const Variable& x) {
  const auto value = [](auto u) { return u * stable_sigmoid(u); };
  return record(kernels::map(value, x.value()), {{x, [x](const Variable& g, const Variable& y) {
                                                    const Variable s = sigmoid(x);
                                                    return g * (s + y - y * s);
                                                  }}});
}

Variable gelu(const Variable& x) {
  constexpr double kRootHalf = 0.70710678118654752440;
  return 0.5 * (x * (1.0 + erf(kRootHalf * x)));
}

}  // namespace saddle
