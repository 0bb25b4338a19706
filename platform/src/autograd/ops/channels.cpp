#include "autograd/ops/channels.hpp"

#include <saddle/autograd/ops/activations.hpp>
#include <saddle/autograd/ops/arithmetic.hpp>
#include <saddle/autograd/ops/reduce.hpp>

#include "tensor/channels.hpp"
#include "tensor/map.hpp"

namespace saddle {

// A projection that is its own transpose.
Variable centre(const Variable& x, const Tensor& means) {
  return record(kernels::map_rows([](auto u, auto v) { return u - v; }, x.value(), means),
                {{x, [](const Variable& g, const Variable&) {
                    return centre(g, kernels::channel_means(g.value()));
                  }}});
}

Variable sum_squares(const Variable& x) {
  return record(kernels::sum_products(x.value(), x.value()),
                {{x, [x](const Variable& g, const Variable&) { return x * (2.0 * g); }}});
}

Variable sum_products(const Variable& a, const Variable& b) {
  return record(kernels::sum_products(a.value(), b.value()),
                {{a, [b](const Variable& g, const Variable&) { return b * g; }},
                 {b, [a](const Variable& g, const Variable&) { return a * g; }}});
}

Variable scale_shift(const Variable& x, const Variable& factor, const Variable& offset,
                     double slope) {
  const auto bent = [slope](const Variable& g, const Variable& y) { return gate(g, y, slope); };
  return record(
      kernels::scale_shift(x.value(), factor.value(), offset.value(), static_cast<Scalar>(slope)),
      {{x, [factor](const Variable& g, const Variable&) { return g * factor; }},
       {factor, [x](const Variable& g, const Variable&) { return sum_products(g, x); }},
       {offset,
        [shape = offset.shape()](const Variable& g, const Variable&) { return sum_to(g, shape); }}},
      slope == 1 ? Vjp() : Vjp(bent));
}

}  // namespace saddle
