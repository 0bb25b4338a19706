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
    require(extent == wanted || extent == 1 || wanted == 1, op, ": shapes ", a, " and ", b,
            " do not broadcast");
    if (extent == 1) extent = wanted;
  }
  return shape;
}

bool ends_with(const Shape& shape, const Shape& end) {
  return end.size() <= shape.size() && std::equal(end.rbegin(), end.rend(), shape.rbegin());
}

// Whether `column` is the beginning of the shape, then ones.
bool is_column_of(const Shape& shape, const Shape& column) {
  if (column.size() != shape.size()) return false;
  std::size_t same = 0;
  while (same < shape.size() && column[same] == shape[same]) ++same;
  return std::all_of(column.begin() + static_cast<std::ptrdiff_t>(same), column.end(),
                     [](std::size_t extent) { return extent == 1; });
}

// f(a, b), elementwise, with operands repeated to their common shape where they differ.
template <class F>
Tensor broadcasting(const char* name, const Tensor& a, const Tensor& b, F f) {
  if (a.shape() == b.shape()) return kernels::map(f, a, b);
  const Shape shape = common_shape(name, a.shape(), b.shape());
  if (a.shape() == shape && ends_with(shape, b.shape())) return kernels::map_rows(f, a, b);
  if (a.shape() == shape && is_column_of(shape, b.shape())) return kernels::map_columns(f, a, b);
  const auto turned = [f](auto u, auto v) { return f(v, u); };
  if (b.shape() == shape && ends_with(shape, a.shape())) return kernels::map_rows(turned, b, a);
  if (b.shape() == shape && is_column_of(shape, a.shape()))
    return kernels::map_columns(turned, b, a);
  return kernels::map(f, kernels::broadcast_to(a, shape), kernels::broadcast_to(b, shape));
}

}  // namespace

Variable add(const Variable& a, const Variable& b) {
  const auto undo = [](const Shape& shape) {
    return [shape](const Variable& g, const Variable&) { return sum_to(g, shape); };
  };
  return record(broadcasting("add", a.value(), b.value(), [](auto u, auto v) { return u + v; }),
                {{a, undo(a.shape())}, {b, undo(b.shape())}});
}

Variable sub(const Variable& a, const Variable& b) {
  return record(
      broadcasting("sub", a.value(), b.value(), [](auto u, auto v) { return u - v; }),
      {{a, [shape = a.shape()](const Variable& g, const Variable&) { return sum_to(g, shape); }},
       {b, [shape = b.shape()](const Variable& g, const Variable&) {
          return sum_to(neg(g), shape);
        }}});
}

Variable mul(const Variable& a, const Variable& b) {
  return record(broadcasting("mul", a.value(), b.value(), [](auto u, auto v) { return u * v; }),
                {{a, [b, shape = a.shape()](const Variable& g,
                                            const Variable&) { return sum_to(mul(g, b), shape); }},
                 {b, [a, shape = b.shape()](const Variable& g, const Variable&) {
                    return sum_to(mul(g, a), shape);
                  }}});
}

Variable div(const Variable& a, const Variable& b) {
  return record(broadcasting("div", a.value(), b.value(), [](auto u, auto v) { return u / v; }),
                {{a, [b, shape = a.shape()](const Variable& g,
                                            const Variable&) { return sum_to(div(g, b), shape); }},
                 {b, [b](const Variable& g, const Variable& out) {
                    return sum_to(neg(mul(g, div(out, b))), b.shape());
                  }}});
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
