#pragma once

#include <saddle/tensor/tensor.hpp>

#include "base/vectors.hpp"
#include "tensor/kernels.hpp"
#include "tensor/parallel.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <type_traits>

// Elementwise passes. The functor is written once, for `auto` arguments: it is called with vectors
// in the fast kernels and with single numbers, hence the standard library, in the reference
// kernels.
namespace saddle::kernels {

using Batch = xsimd::batch<Scalar>;

// The scalar twins of what xsimd offers for vectors.
template <class T, class = std::enable_if_t<std::is_floating_point_v<T>>>
T select(bool condition, T yes, T no) {
  return condition ? yes : no;
}
using xsimd::select;

// u, times the slope where it is not positive. NaN passes through.
template <class T>
struct LeakyRelu {
  T slope;
  template <class V>
  V operator()(V u) const {
    return select(u <= V(0), u * V(slope), u);
  }
};
template <class T>
LeakyRelu(T) -> LeakyRelu<T>;

inline constexpr std::size_t kMapGrain = 16384;

// Calls body(begin, end) for ranges of rows of `width` numbers, which must not be zero.
template <class Body>
void for_rows(std::size_t rows, std::size_t width, Body body) {
  for_ranges(rows, (kMapGrain + width - 1) / width, body);
}

// out[i] = f(in[i]...) for i in [begin, end); `out` may be one of the inputs. A last partial vector
// is padded, so that every element passes through the same instructions wherever it stands.
template <class T, class F, class... In>
void map_range(std::size_t begin, std::size_t end, T* out, F f, const In*... in) {
  using Lanes = xsimd::batch<T>;
  std::size_t i = begin;
  for (; i + Lanes::size <= end; i += Lanes::size)
    f(Lanes::load_unaligned(in + i)...).store_unaligned(out + i);
  if (i == end) return;
  const auto padded = [&](const T* from) {
    T part[Lanes::size] = {};
    std::copy(from + i, from + end, part);
    return Lanes::load_unaligned(part);
  };
  T part[Lanes::size];
  f(padded(in)...).store_unaligned(part);
  std::copy(part, part + (end - i), out + i);
}

// f of each element of one or several tensors of the same shape.
template <class F, class... Rest>
Tensor map(F f, const Tensor& first, const Rest&... rest) {
  assert(((first.shape() == rest.shape()) && ...));
  Tensor out = empty(first.shape());
  Scalar* to = out.data();
  if (reference_in_force()) {
    for (std::size_t i = 0; i < out.size(); ++i) to[i] = f(first.data()[i], rest.data()[i]...);
    return out;
  }
  for_ranges(out.size(), kMapGrain, [&](std::size_t begin, std::size_t end) {
    map_range(begin, end, to, f, first.data(), rest.data()...);
  });
  return out;
}

// f(element of x, element of row), `row` repeated over all but its own axes: its shape is the end
// of that of x. One way to a result for each width, whatever the threads.
template <class F>
Tensor map_rows(F f, const Tensor& x, const Tensor& row) {
  const std::size_t width = row.size();
  if (width == 1) return map([f, y = *row.data()](auto u) { return f(u, decltype(u)(y)); }, x);
  if (width < Batch::size || reference_in_force()) return map(f, x, broadcast_to(row, x.shape()));
  Tensor out = empty(x.shape());
  for_rows(x.size() / width, width, [&](std::size_t begin, std::size_t end) {
    for (std::size_t r = begin; r < end; ++r)
      map_range(0, width, out.data() + r * width, f, x.data() + r * width, row.data());
  });
  return out;
}

// f(element of x, element of column), `column` repeated over the last axes, of which it has one
// element: its shape is the beginning of that of x, then ones.
template <class F>
Tensor map_columns(F f, const Tensor& x, const Tensor& column) {
  const std::size_t width = x.size() / std::max<std::size_t>(1, column.size());
  if (width < Batch::size || reference_in_force())
    return map(f, x, broadcast_to(column, x.shape()));
  Tensor out = empty(x.shape());
  for_rows(column.size(), width, [&](std::size_t begin, std::size_t end) {
    for (std::size_t r = begin; r < end; ++r)
      map_range(
          0, width, out.data() + r * width,
          [f, y = column.data()[r]](auto u) { return f(u, decltype(u)(y)); }, x.data() + r * width);
  });
  return out;
}

}  // namespace saddle::kernels
