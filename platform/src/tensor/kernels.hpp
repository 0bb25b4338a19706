#pragma once

#include <saddle/tensor/tensor.hpp>

#include <cstddef>

// The arithmetic of tensors, without history. Each kernel has a fast form and a reference form that
// goes through the standard library and xtensor-blas; tests compare them.
namespace saddle::kernels {

// While an object lives, the reference kernels are in force in this process. For tests.
class ReferenceScope {
 public:
  ReferenceScope();
  ~ReferenceScope();
  ReferenceScope(const ReferenceScope&) = delete;
  ReferenceScope& operator=(const ReferenceScope&) = delete;
};
bool reference_in_force();

// op(a) op(b) where op transposes as asked: [m, k] x [k, n] -> [m, n].
Tensor matmul(const Tensor& a, const Tensor& b, bool transpose_a, bool transpose_b);
// x w + b, its negative elements times `slope`: [n, in] x [in, out] + [out] -> [n, out].
Tensor affine(const Tensor& x, const Tensor& w, const Tensor& b, Scalar slope);

// x += y, of the same shape.
void add_to(Tensor& x, const Tensor& y);

// The product of the extents of axes [first, last).
std::size_t product(const Shape& shape, std::size_t first, std::size_t last);

// Sums x over its axes of extent 1 in `shape` (padded on the left with ones) -> shape.
Tensor sum_to(const Tensor& x, const Shape& shape);
// The sum of squares of x, or of x - y, to the precision of the scalar and beyond its range. Not
// finite where one of the numbers is not.
double sum_of_squares(const Scalar* x, std::size_t count);
double sum_of_squares(const Scalar* x, const Scalar* y, std::size_t count);
// The largest element along an axis, whose extent becomes 1: [..., n, ...] -> [..., 1, ...]. NaN
// counts as larger than all.
Tensor max_over(const Tensor& x, std::size_t axis);
// ln of the sum of exp along an axis, whose extent becomes 1. Never overflows where no element is
// infinite.
Tensor logsumexp(const Tensor& x, std::size_t axis);
// 1 at the first element that max_over finds, 0 elsewhere: [..., n, ...] -> the same.
Tensor mark_max(const Tensor& x, std::size_t axis);
// Repeats x along its axes of extent 1 -> shape.
Tensor broadcast_to(const Tensor& x, const Shape& shape);
// Whether numpy's rules let `from` be repeated to `to`.
bool broadcasts_to(const Shape& from, const Shape& to);

// A copy of another shape with as many elements.
Tensor reshaped(const Tensor& x, const Shape& shape);
// Copies [begin, end) of an axis.
Tensor slice(const Tensor& x, std::size_t axis, std::size_t begin, std::size_t end);
// Writes `part` into rows [begin, ...) of an axis of `whole`.
void place(const Tensor& part, std::size_t axis, std::size_t begin, Tensor& whole);

// The names of the libraries that multiply matrices here: "oneDNN 2.6.3", "OpenBLAS ...", or both.
const char* matmul_library();
// Has the library write its code for products, which the first product waits for otherwise.
void warm_up();

}  // namespace saddle::kernels
