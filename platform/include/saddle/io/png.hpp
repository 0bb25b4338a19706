#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace saddle {

// An image of 8 bits per channel, row major: [height, width, channels].
struct Image {
  std::size_t height, width, channels;
  std::vector<std::uint8_t> bytes;
};

// Reads a PNG file: gray stays one channel, colours become three; transparency is laid over black.
// Throws DataError for a file that is damaged, no PNG, or of more than 2^26 pixels.
Image read_png(const std::string& path);

}  // namespace saddle
