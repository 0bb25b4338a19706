#pragma once

#include <saddle/autograd/variable.hpp>
#include <saddle/tensor/geometry.hpp>

#include <cstddef>

// Ops that change the sides of images [n, height, width, channels]. A mismatch throws PluginError.
namespace saddle {

// Means over windows that tile the image: [n, h, w, c] -> [n, h / window, w / window, c].
Variable average_pool(const Variable& x, std::size_t window);
// The largest number of each window: [n, h, w, c] -> [n, oh, ow, c] with the sides of a
// convolution's output. The padding, at most half a window, is never the largest. The derivative
// goes to the first of several equal numbers.
Variable max_pool(const Variable& x, std::size_t window, Geometry geometry);
// Repeats each pixel on both sides: [n, h, w, c] -> [n, h factor, w factor, c].
Variable upsample_nearest(const Variable& x, std::size_t factor);
// The same sides by bilinear interpolation between the centres of pixels; beyond the outermost
// centres the border is repeated.
Variable upsample_bilinear(const Variable& x, std::size_t factor);

}  // namespace saddle
