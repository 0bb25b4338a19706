#include "tensor/convolution_columns.hpp"

#include "tensor/kernels.hpp"
#include "tensor/parallel.hpp"
#include "tensor/sum_by_parts.hpp"

#include <algorithm>

namespace saddle::kernels {
namespace {

// The neighbouring pixels that a row of a window shares with a row of the image, in numbers: so
// many of the window's row lie before them. Outside of the image there are none.
struct Overlap {
  std::size_t before, in_image, count;
};

// Row k of the window at (i, j).
Overlap overlap(const ConvolutionShape& s, std::size_t i, std::size_t j, std::size_t k) {
  const std::size_t top = i * s.geometry.stride + k, left = j * s.geometry.stride;
  const std::size_t pad = s.geometry.padding;
  if (top < pad || top - pad >= s.image.height) return {0, 0, 0};
  const std::size_t begin = std::max(left, pad);
  const std::size_t end = std::min(left + s.kernel.width, pad + s.image.width);
  if (begin >= end) return {0, 0, 0};
  return {(begin - left) * s.in, ((top - pad) * s.image.width + begin - pad) * s.in,
          (end - begin) * s.in};
}

// Calls visit(overlap) for each row of each window of an image, in the order of unfolded windows.
template <class Visit>
void for_overlaps(const ConvolutionShape& s, const Visit& visit) {
  const Sides windows = s.windows();
  for (std::size_t i = 0; i < windows.height; ++i)
    for (std::size_t j = 0; j < windows.width; ++j)
      for (std::size_t k = 0; k < s.kernel.height; ++k) visit(overlap(s, i, j, k));
}

std::size_t image_size(const ConvolutionShape& s) { return s.image.height * s.image.width * s.in; }

// x [n, height, width, in] -> [n * windows, window size], 0 outside of the image.
Tensor unfold(const Tensor& x, const ConvolutionShape& s) {
  Tensor columns = empty({s.n * s.window_count(), s.window_size()});
  const std::size_t length = s.kernel.width * s.in;
  Scalar* row = columns.data();
  for (std::size_t b = 0; b < s.n; ++b)
    for_overlaps(s, [&, image = x.data() + b * image_size(s)](const Overlap& run) {
      Scalar* const inside = std::fill_n(row, run.before, Scalar{0});
      std::fill(std::copy_n(image + run.in_image, run.count, inside), row + length, Scalar{0});
      row += length;
    });
  return columns;
}

void add_run(const Scalar* __restrict from, std::size_t count, Scalar* __restrict to) {
  for (std::size_t i = 0; i < count; ++i) to[i] += from[i];
}

// [n * windows, window size] -> images [n, height, width, in], overlapping windows added.
Tensor fold(const Tensor& columns, const ConvolutionShape& s) {
  Tensor x = zeros(s.x_shape());
  const std::size_t length = s.kernel.width * s.in;
  const Scalar* row = columns.data();
  for (std::size_t b = 0; b < s.n; ++b)
    for_overlaps(s, [&, image = x.data() + b * image_size(s)](const Overlap& run) {
      add_run(row + run.before, run.count, image + run.in_image);
      row += length;
    });
  return x;
}

// So many images at a time that their unfolded windows stay within 2 MB of floats.
std::size_t images_at_a_time(const ConvolutionShape& shape) {
  constexpr std::size_t kMost = std::size_t{1} << 19;
  const std::size_t each = std::max<std::size_t>(1, shape.window_count() * shape.window_size());
  return std::max<std::size_t>(1, kMost / each);
}

// The images of one part of a forward or data pass.
std::size_t part_size(const ConvolutionShape& shape) {
  constexpr std::size_t kMostParts = 16;
  return std::min(images_at_a_time(shape), images_per_part(shape, kMostParts));
}

ConvolutionShape part_shape(ConvolutionShape shape, std::size_t begin, std::size_t end) {
  shape.n = end - begin;
  return shape;
}

// The same elements as a matrix.
Tensor matrix(Tensor x, std::size_t rows, std::size_t columns) {
  x.reshape(Shape{rows, columns});
  return x;
}

// What images [begin, end) give to the gradient of the weights.
void add_weights(const Tensor& x, const Tensor& y, const ConvolutionShape& shape, std::size_t begin,
                 std::size_t end, Scalar* to) {
  const ConvolutionShape part = part_shape(shape, begin, end);
  const Tensor some = matrix(rows(y, begin, end), part.n * part.window_count(), part.out);
  const Tensor product = matmul(unfold(rows(x, begin, end), part), some, true, false);
  add_run(product.data(), product.size(), to);
}

}  // namespace

Tensor columns_convolution(const Tensor& x, const Tensor& w, const ConvolutionShape& shape) {
  const Tensor weights = matrix(w, shape.window_size(), shape.out);
  Tensor y = empty(shape.y_shape());
  for_ranges(shape.n, part_size(shape), [&](std::size_t begin, std::size_t end) {
    const ConvolutionShape part = part_shape(shape, begin, end);
    Tensor product = matmul(unfold(rows(x, begin, end), part), weights, false, false);
    product.reshape(part.y_shape());
    place(product, 0, begin, y);
  });
  return y;
}

Tensor columns_backward_data(const Tensor& y, const Tensor& w, const ConvolutionShape& shape) {
  const Tensor weights = matrix(w, shape.window_size(), shape.out);
  Tensor x = empty(shape.x_shape());
  for_ranges(shape.n, part_size(shape), [&](std::size_t begin, std::size_t end) {
    const ConvolutionShape part = part_shape(shape, begin, end);
    const Tensor some = matrix(rows(y, begin, end), part.n * part.window_count(), part.out);
    place(fold(matmul(some, weights, false, true), part), 0, begin, x);
  });
  return x;
}

Tensor columns_backward_weights(const Tensor& x, const Tensor& y, const ConvolutionShape& shape) {
  Tensor w = empty(shape.weight_shape());
  const std::size_t size = images_per_part(shape, kMostPartsOfWeights);
  const std::size_t step = images_at_a_time(shape);
  sum_by_parts(shape.n, size, w.size(), w.data(),
               [&](std::size_t begin, std::size_t end, Scalar* to) {
                 std::fill_n(to, w.size(), Scalar{0});
                 for (std::size_t i = begin; i < end; i += step)
                   add_weights(x, y, shape, i, std::min(end, i + step), to);
               });
  return w;
}

}  // namespace saddle::kernels
