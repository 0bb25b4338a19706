#pragma once

#include <saddle/io/png.hpp>
#include <saddle/tensor/tensor.hpp>

#include <cstddef>

namespace saddle {

// Samples as images in one picture, line by line.
class ImageGrid {
 public:
  // `sample` is [height, width, 1 or 3]; numbers from `low` to `high` become gray levels or colours
  // from 0 to 255, those beyond either end stay there. Throws SpecError for samples that are no
  // images, and for pictures of more than 2^26 pixels.
  ImageGrid(const Shape& sample, std::size_t count, std::size_t columns, double low, double high);
  // Places [n, height, width, channels] from place `first` on.
  void add(std::size_t first, const Tensor& samples);
  // Places without an image are black.
  const Image& picture() const { return picture_; }

 private:
  std::size_t columns_, height_, width_;
  double low_, scale_;
  Image picture_;
};

}  // namespace saddle
