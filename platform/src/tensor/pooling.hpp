#pragma once

#include <saddle/base/pool.hpp>
#include <saddle/tensor/geometry.hpp>
#include <saddle/tensor/tensor.hpp>

#include <cstddef>

// Kernels that change the sides of images [n, height, width, channels].
namespace saddle::kernels {

// Means over windows that tile: [n, h, w, c] -> [n, h / window, w / window, c].
Tensor average_pool(const Tensor& x, std::size_t window);
// Repeats each pixel: [n, h, w, c] -> [n, h factor, w factor, c].
Tensor repeat_pixels(const Tensor& x, std::size_t factor);

// Where each number of a result lies in its source, in row-major order.
using Places = PoolVector<std::size_t>;
// The place of the largest number of each window; of the first one where several are equal, of NaN
// where there is one: [n, h, w, c] -> numbers of [n, oh, ow, c].
Places largest_of_windows(const Tensor& x, std::size_t window, Geometry geometry);
// source[place] -> shape, whose rows must take from the same rows of the source.
Tensor gather(const Tensor& source, const Places& places, const Shape& shape);
// The transpose: adds each number of g to its place in zeros of a shape.
Tensor scatter(const Tensor& g, const Places& places, const Shape& shape);

// Linear interpolation along an axis, made `factor` times as long; the centres of the outermost
// pixels are the outermost points, and beyond them the border is repeated.
Tensor stretch(const Tensor& x, std::size_t axis, std::size_t factor);
// The transpose of stretch; the axis becomes 1 / factor of its extent.
Tensor shrink(const Tensor& x, std::size_t axis, std::size_t factor);

}  // namespace saddle::kernels
