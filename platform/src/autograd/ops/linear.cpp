#include <saddle/autograd/ops/linear.hpp>

#include <saddle/autograd/ops/activations.hpp>
#include <saddle/autograd/ops/reduce.hpp>

#include "autograd/ops/check.hpp"
#include "tensor/kernels.hpp"

namespace saddle {
namespace {

void require_product(const char* op, const Shape& a, const Shape& b, bool transpose_a,
                     bool transpose_b) {
  const bool fits =
      a.size() == 2 && b.size() == 2 && a[transpose_a ? 0 : 1] == b[transpose_b ? 1 : 0];
  require(fits, op, ": shapes ", a, (transpose_a ? "^T" : ""), " and ", b,
          (transpose_b ? "^T" : ""), " do not multiply");
}

void require_affine(const char* op, const Variable& x, const Variable& w, const Variable& b) {
  require_product(op, x.shape(), w.shape(), false, false);
  require(b.shape().size() == 1 && b.shape()[0] == w.shape()[1], op, ": a bias ", b.shape(),
          " does not fit weights ", w.shape());
}

Inputs affine_inputs(const Variable& x, const Variable& w, const Variable& b) {
  return {{x, [w](const Variable& g, const Variable&) { return matmul(g, w, false, true); }},
          {w, [x](const Variable& g, const Variable&) { return matmul(x, g, true, false); }},
          {b, [](const Variable& g, const Variable&) { return sum(g, 0); }}};
}

}  // namespace

Variable matmul(const Variable& a, const Variable& b, bool ta, bool tb) {
  require_product("matmul", a.shape(), b.shape(), ta, tb);
  return record(kernels::matmul(a.value(), b.value(), ta, tb),
                {{a,
                  [b, ta, tb](const Variable& g, const Variable&) {
                    return ta ? matmul(b, g, tb, true) : matmul(g, b, false, !tb);
                  }},
                 {b, [a, ta, tb](const Variable& g, const Variable&) {
                    return tb ? matmul(g, a, true, ta) : matmul(a, g, !ta, false);
                  }}});
}

Variable affine(const Variable& x, const Variable& w, const Variable& b) {
  require_affine("affine", x, w, b);
  return record(kernels::affine(x.value(), w.value(), b.value(), 1), affine_inputs(x, w, b));
}

Variable affine_leaky_relu(const Variable& x, const Variable& w, const Variable& b, double slope) {
  require_affine("affine_leaky_relu", x, w, b);
  require(slope >= 0, "affine_leaky_relu: the slope must not be negative");
  return record(kernels::affine(x.value(), w.value(), b.value(), static_cast<Scalar>(slope)),
                affine_inputs(x, w, b),
                [slope](const Variable& g, const Variable& y) { return gate(g, y, slope); });
}

}  // namespace saddle
