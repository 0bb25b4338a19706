#include "tensor/pooling.hpp"

#include "tensor/convolution.hpp"
#include "tensor/parallel.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace saddle::kernels {
namespace {

std::size_t row_size(const Tensor& x) { return x.shape(0) == 0 ? 0 : x.size() / x.shape(0); }

void add_to(const Scalar* __restrict from, std::size_t count, Scalar* __restrict to) {
  for (std::size_t i = 0; i < count; ++i) to[i] += from[i];
}

// The pixels [first, last) of a side that a window covers.
struct Span {
  std::size_t first, last;
};

Span covered(std::size_t index, std::size_t window, std::size_t extent, Geometry geometry) {
  const std::size_t begin = index * geometry.stride, end = begin + window;
  const auto unpadded = [&](std::size_t place) {
    return std::min(extent, place - std::min(place, geometry.padding));
  };
  return {unpadded(begin), unpadded(end)};
}

// The place of the largest number of one channel in the pixels of a window.
std::size_t largest(const Tensor& x, std::size_t image, Span rows, Span columns,
                    std::size_t channel) {
  const std::size_t height = x.shape(1), width = x.shape(2), channels = x.shape(3);
  const auto at = [&](std::size_t i, std::size_t j) {
    return ((image * height + i) * width + j) * channels + channel;
  };
  std::size_t best = at(rows.first, columns.first);
  for (std::size_t i = rows.first; i < rows.last; ++i)
    for (std::size_t j = columns.first; j < columns.last; ++j) {
      const Scalar value = x.data()[at(i, j)];
      if (std::isnan(value)) return at(i, j);
      if (value > x.data()[best]) best = at(i, j);
    }
  return best;
}

}  // namespace

Tensor average_pool(const Tensor& x, std::size_t window) {
  const std::size_t height = x.shape(1) / window, width = x.shape(2) / window,
                    channels = x.shape(3);
  assert(height * window == x.shape(1) && width * window == x.shape(2));
  Tensor y = zeros({x.shape(0), height, width, channels});
  const auto share = static_cast<Scalar>(1.0 / static_cast<double>(window * window));
  for_ranges(y.shape(0), 1, [&](std::size_t image, std::size_t) {
    const Scalar* from = x.data() + image * row_size(x);
    Scalar* to = y.data() + image * row_size(y);
    for (std::size_t i = 0; i < x.shape(1); ++i)
      for (std::size_t j = 0; j < x.shape(2); ++j)
        add_to(from + (i * x.shape(2) + j) * channels, channels,
               to + (i / window * width + j / window) * channels);
    for (std::size_t i = 0; i < row_size(y); ++i) to[i] *= share;
  });
  return y;
}

Tensor repeat_pixels(const Tensor& x, std::size_t factor) {
  const std::size_t height = x.shape(1) * factor, width = x.shape(2) * factor,
                    channels = x.shape(3);
  Tensor y = empty({x.shape(0), height, width, channels});
  for_ranges(x.shape(0), 1, [&](std::size_t image, std::size_t) {
    const Scalar* from = x.data() + image * row_size(x);
    Scalar* to = y.data() + image * row_size(y);
    for (std::size_t i = 0; i < height; ++i)
      for (std::size_t j = 0; j < width; ++j)
        std::copy_n(from + (i / factor * x.shape(2) + j / factor) * channels, channels,
                    to + (i * width + j) * channels);
  });
  return y;
}

Places largest_of_windows(const Tensor& x, std::size_t window, Geometry geometry) {
  const std::size_t height = ConvolutionShape::windows(x.shape(1), window, geometry);
  const std::size_t width = ConvolutionShape::windows(x.shape(2), window, geometry);
  const std::size_t channels = x.shape(3);
  Places places(x.shape(0) * height * width * channels);
  for_ranges(x.shape(0), 1, [&](std::size_t image, std::size_t) {
    std::size_t next = image * height * width * channels;
    for (std::size_t i = 0; i < height; ++i)
      for (std::size_t j = 0; j < width; ++j)
        for (std::size_t channel = 0; channel < channels; ++channel)
          places[next++] = largest(x, image, covered(i, window, x.shape(1), geometry),
                                   covered(j, window, x.shape(2), geometry), channel);
  });
  return places;
}

Tensor gather(const Tensor& source, const Places& places, const Shape& shape) {
  Tensor out = empty(shape);
  assert(places.size() == out.size());
  for_ranges(shape[0], 1, [&](std::size_t row, std::size_t) {
    const std::size_t begin = row * row_size(out);
    for (std::size_t i = begin; i < begin + row_size(out); ++i)
      out.data()[i] = source.data()[places[i]];
  });
  return out;
}

Tensor scatter(const Tensor& g, const Places& places, const Shape& shape) {
  Tensor out = zeros(shape);
  assert(places.size() == g.size() && shape[0] == g.shape(0));
  for_ranges(shape[0], 1, [&](std::size_t row, std::size_t) {
    const std::size_t begin = row * row_size(g);
    for (std::size_t i = begin; i < begin + row_size(g); ++i) out.data()[places[i]] += g.data()[i];
  });
  return out;
}

}  // namespace saddle::kernels
