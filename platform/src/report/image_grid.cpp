#include "report/image_grid.hpp"

#include <saddle/base/error.hpp>

#include <algorithm>
#include <cmath>
#include <string>

namespace saddle {
namespace {

constexpr std::size_t kMostPixels = std::size_t{1} << 26;
// Of a side, that libpng writes.
constexpr std::size_t kLongestSide = 1000000;

Image black(const Shape& sample, std::size_t count, std::size_t columns) {
  if (sample.size() != 3 || (sample[2] != 1 && sample[2] != 3))
    throw SpecError("samples of shape " + to_text(sample) +
                    " are no images [height, width, 1 or 3]. Write a .npy file.");
  const std::size_t lines = (count + columns - 1) / columns;
  Image image{lines * sample[0], columns * sample[1], sample[2], {}};
  if (image.height * image.width > kMostPixels || image.height > kLongestSide ||
      image.width > kLongestSide)
    throw SpecError("a picture of " + std::to_string(lines) + " x " + std::to_string(columns) +
                    " images has more than " + std::to_string(kMostPixels) +
                    " pixels, or a side of "
                    "more than " +
                    std::to_string(kLongestSide) + ". Take fewer, or write a .npy file.");
  image.bytes.resize(image.height * image.width * image.channels);
  return image;
}

}  // namespace

ImageGrid::ImageGrid(const Shape& sample, std::size_t count, std::size_t columns, double low,
                     double high)
    : columns_(columns),
      height_(sample.empty() ? 0 : sample[0]),
      width_(sample.size() < 2 ? 0 : sample[1]),
      low_(low),
      scale_(high > low ? 255 / (high - low) : 0),
      picture_(black(sample, count, columns)) {}

void ImageGrid::add(std::size_t first, const Tensor& samples) {
  const std::size_t line = width_ * picture_.channels;
  const Scalar* from = samples.data();
  for (std::size_t place = first; place < first + samples.shape(0); ++place)
    for (std::size_t y = 0; y < height_; ++y) {
      const std::size_t row = place / columns_ * height_ + y;
      std::uint8_t* const to = picture_.bytes.data() + (row * columns_ + place % columns_) * line;
      for (std::size_t i = 0; i < line; ++i) {
        const double level = (static_cast<double>(*from++) - low_) * scale_;
        to[i] = static_cast<std::uint8_t>(std::lround(std::clamp(level, 0.0, 255.0)));
      }
    }
}

}  // namespace saddle
