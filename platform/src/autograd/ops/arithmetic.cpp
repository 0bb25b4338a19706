#include <saddle/autograd/ops/arithmetic.hpp>

#include <saddle/autograd/ops/reduce.hpp>

#include "autograd/ops/check.hpp"
#include "tensor/map.hpp"

#include <algorithm>

namespace saddle {
namespace {

Shape common_shape(const char* op, const Shape& a, const Shape& b) {
  Shape shape = a.size() >= b.size() ? a : b;
  const Shape& other = a.size() >= b.size() ? b : a;
  for (std::size_t i = 1; i <= other.size(); ++i) {
    std::size_t& extent = shape[shape.size() - i];
    const std::size_t wanted = other[other.size() - i];
    require(
        extent == wanted || extent == 1 || wanted == 1,
        std::string(op) + ": shapes " + to_text(a) + " and " + to_text(b) + " do not broadcast");
    if (extent == 1) extent = wanted;
  }
  return shape;
}

// Calls `op` with both operands repeated to their common shape.
template <class Op>
Variable broadcasting(const char* name, const Variable& a, const Variable& b, Op op) {
  if (a.shape() == b.shape()) return op(a, b);
  const Shape shape = common_shape(name, a.shape(), b.shape());
  return op(broadcast_to(a, shape), broadcast_to(b, shape));
}

}  // namespace

Variable add(const Variable& a, const Variable& b) {
  return broadcasting("add", a, b, [](const Variable& x, const Variable& y) {
    return record(kernels::map([](auto u, auto v) { return u + v; }, x.value(), y.value()),
                  {{x, [](const Variable& g, const Variable&) { return g; }},
                   {y, [](const Variable& g, const Variable&) { return g; }}});
  });
}

Variable sub(const Variable& a, const Variable& b) {
  return broadcasting("sub", a, b, [](const Variable& x, const Variable& y) {
    return record(kernels::map([](auto u, auto v) { return u - v; }, x.value(), y.value()),
                  {{x, [](const Variable& g, const Variable&) { return g; }},
                   {y, [](const Variable& g, const Variable&) { return neg(g); }}});
  });
}

Variable mul(const Variable& a, const Variable& b) {
  return broadcasting("mul", a, b, [](const Variable& x, const Variable& y) {
    return record(kernels::map([](auto u, auto v) { return u * v; }, x.value(), y.value()),
                  {{x, [y](const Variable& g, const Variable&) { return mul(g, y); }},
                   {y, [x](const Variable& g, const Variable&) { return mul(g, x); }}});
  });
}

Variable div(const Variable& a, const Variable& b) {
  return broadcasting("div", a, b, [](const Variable& x, const Variable& y) {
    return record(
        kernels::map([](auto u, auto v) { return u / v; }, x.value(), y.value()),
        {{x, [y](const Variable& g, const Variable&) { return div(g, y); }},
         {y, [y](const Variable& g, const Variable& out) { return neg(mul(g, div(out, y))); }}});
  });
}

Variable neg(const Variable& x) {
  return record(kernels::map([](auto u) { return -u; }, x.value()),
                {{x, [](const Variable& g, const Variable&) { return neg(g); }}});
}

Variable scale(const Variable& x, double factor) {
  const auto c = static_cast<Scalar>(factor);
  return record(kernels::map([c](auto u) { return u * c; }, x.value()),
                {{x, [factor](const Variable& g, const Variable&) { return scale(g, factor); }}});
}

Variable shift(const Variable& x, double offset) {
  const auto c = static_cast<Scalar>(offset);
  return record(kernels::map([c](auto u) { return u + c; }, x.value()),
                {{x, [](const Variable& g, const Variable&) { return g; }}});
}

}  // namespace saddle
