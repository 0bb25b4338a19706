#pragma once

#include <saddle/tensor/geometry.hpp>
#include <saddle/tensor/tensor.hpp>

#include <cstddef>

namespace saddle::nn {

// The sizes through which a convolutional network takes images by halving or doubling both sides:
// 28 -> 14 -> 7 and 64 -> 32 -> 16 -> 8 -> 4.
struct Pyramid {
  std::size_t halvings;
  Sides top;             // the smallest size, of 4 to 7 pixels
  std::size_t channels;  // of the images
};

// For images [height, width, channels] whose sides are 4 to 7 times the same power of two, at least
// 2. Throws SpecError for other shapes.
Pyramid image_pyramid(const Shape& shape);

}  // namespace saddle::nn
