#include "tensor/convolution_columns.hpp"

#include "tensor/parallel.hpp"
#include "tensor/product.hpp"
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
std::size_t output_size(const ConvolutionShape& s) { return s.window_count() * s.out; }
std::size_t row_count(const ConvolutionShape& s) { return s.n * s.window_count(); }

// Images at x -> [n * windows, window size], 0 outside of the images.
Tensor unfold(const Scalar* x, const ConvolutionShape& s) {
  Tensor columns = empty({row_count(s), s.window_size()});
  const std::size_t length = s.kernel.width * s.in;
  Scalar* row = columns.data();
  for (std::size_t b = 0; b < s.n; ++b)
    for_overlaps(s, [&, image = x + b * image_size(s)](const Overlap& run) {
      Scalar* const inside = std::fill_n(row, run.before, Scalar{0});
      std::fill(std::copy_n(image + run.in_image, run.count, inside), row + length, Scalar{0});
      row += length;
    });
  return columns;
}

void add_run(const Scalar* __restrict from, std::size_t count, Scalar* __restrict to) {
  for (std::size_t i = 0; i < count; ++i) to[i] += from[i];
}

// [n * windows, window size] -> images at x, overlapping windows added.
void fold(const Tensor& columns, const ConvolutionShape& s, Scalar* x) {
  std::fill_n(x, s.n * image_size(s), Scalar{0});
  const std::size_t length = s.kernel.width * s.in;
  const Scalar* row = columns.data();
  for (std::size_t b = 0; b < s.n; ++b)
    for_overlaps(s, [&, image = x + b * image_size(s)](const Overlap& run) {
      add_run(row + run.before, run.count, image + run.in_image);
      row += length;
    });
}

// So many images at a time that their unfolded windows stay within 2 MB of floats, of `count`
// images about as many each time.
std::size_t images_at_a_time(const ConvolutionShape& shape, std::size_t count) {
  constexpr std::size_t kMost = std::size_t{1} << 19;
  const std::size_t each = std::max<std::size_t>(1, shape.window_count() * shape.window_size());
  const std::size_t most = std::max<std::size_t>(1, kMost / each);
  const std::size_t times = (count + most - 1) / most;
  return (count + times - 1) / times;
}

// The images of one part of a forward or data pass.
std::size_t part_size(const ConvolutionShape& shape) {
  constexpr std::size_t kMostParts = 16;
  return images_at_a_time(shape, images_per_part(shape, kMostParts));
}

ConvolutionShape part_shape(ConvolutionShape shape, std::size_t begin, std::size_t end) {
  shape.n = end - begin;
  return shape;
}

// What some images give to the gradient of the weights -> [out, window size]: longer rows, which
// products are faster at, than those of the weights.
void multiply_weights(const Scalar* x, const Scalar* y, const ConvolutionShape& some, Scalar* to) {
  multiply(y, unfold(x, some).data(), to,
           {true, false, some.out, some.window_size(), row_count(some), nullptr, 1});
}

// The same of images [begin, end), some at a time.
void sum_weights(const Tensor& x, const Tensor& y, const ConvolutionShape& shape, std::size_t begin,
                 std::size_t end, Scalar* to) {
  const std::size_t step = images_at_a_time(shape, end - begin);
  const std::size_t size = shape.window_size() * shape.out;
  Tensor next = empty({step < end - begin ? size : 0});
  for (std::size_t i = begin; i < end; i += step) {
    Scalar* const product = i == begin ? to : next.data();
    multiply_weights(x.data() + i * image_size(shape), y.data() + i * output_size(shape),
                     part_shape(shape, i, std::min(end, i + step)), product);
    if (i != begin) add_run(product, size, to);
  }
}

// [rows, columns] -> [columns, rows], some columns at a time, whose ends stay in the cache.
void transpose(const Scalar* from, std::size_t rows, std::size_t columns, Scalar* to) {
  constexpr std::size_t kGrain = 8;
  for_ranges(columns, kGrain, [&](std::size_t begin, std::size_t end) {
    for (std::size_t r = 0; r < rows; ++r)
      for (std::size_t c = begin; c < end; ++c) to[c * rows + r] = from[r * columns + c];
  });
}

}  // namespace

Tensor columns_convolution(const Tensor& x, const Tensor& w, const Tensor* bias, Scalar slope,
                           const ConvolutionShape& shape) {
  Tensor y = empty(shape.y_shape());
  for_ranges(shape.n, part_size(shape), [&](std::size_t begin, std::size_t end) {
    const ConvolutionShape part = part_shape(shape, begin, end);
    multiply(unfold(x.data() + begin * image_size(shape), part).data(), w.data(),
             y.data() + begin * output_size(shape),
             {false, false, row_count(part), part.out, part.window_size(),
              bias ? bias->data() : nullptr, slope});
  });
  return y;
}

Tensor columns_backward_data(const Tensor& y, const Tensor& w, const ConvolutionShape& shape) {
  Tensor x = empty(shape.x_shape());
  for_ranges(shape.n, part_size(shape), [&](std::size_t begin, std::size_t end) {
    const ConvolutionShape part = part_shape(shape, begin, end);
    Tensor columns = empty({row_count(part), part.window_size()});
    multiply(y.data() + begin * output_size(shape), w.data(), columns.data(),
             {false, true, row_count(part), part.window_size(), part.out, nullptr, 1});
    fold(columns, part, x.data() + begin * image_size(shape));
  });
  return x;
}

Tensor columns_backward_weights(const Tensor& x, const Tensor& y, const ConvolutionShape& shape) {
  Tensor turned = empty({shape.out, shape.window_size()});
  sum_by_parts(shape.n, images_per_part(shape, kMostPartsOfWeights), turned.size(), turned.data(),
               [&](std::size_t begin, std::size_t end, Scalar* to) {
                 sum_weights(x, y, shape, begin, end, to);
               });
  Tensor w = empty(shape.weight_shape());
  transpose(turned.data(), shape.out, shape.window_size(), w.data());
  return w;
}

}  // namespace saddle::kernels
