#pragma once

#include <cstddef>

namespace saddle {

// The sides of an image or of a window, in pixels.
struct Sides {
  std::size_t height, width;
};

// How a window moves over an image, the same on both sides.
struct Geometry {
  std::size_t stride = 1;   // pixels from one window to the next
  std::size_t padding = 0;  // pixels of zeros around the image
};

}  // namespace saddle
