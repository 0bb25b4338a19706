#include <saddle/io/png.hpp>

#include <saddle/base/error.hpp>

#include "io/gzip.hpp"

#include <png.h>

namespace saddle {
namespace {

constexpr std::size_t kMostPixels = std::size_t{1} << 26;
constexpr std::size_t kMostBytes = std::size_t{1} << 29;
// Deflated data grow at most 1032-fold, and a byte holds at most 8 pixels.
constexpr std::size_t kMostPixelsPerByte = 1032 * 8;

// Frees what libpng holds, whatever happened.
struct Reader {
  png_image image{};
  Reader() { image.version = PNG_IMAGE_VERSION; }
  ~Reader() { png_image_free(&image); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
};

std::vector<std::uint8_t> file_bytes(const std::string& path) {
  ByteSource source(path);
  std::vector<std::uint8_t> bytes;
  constexpr std::size_t kBlock = std::size_t{1} << 16;
  while (true) {
    const std::size_t have = bytes.size();
    bytes.resize(have + kBlock);
    const std::size_t got = source.read(bytes.data() + have, kBlock);
    bytes.resize(have + got);
    if (got < kBlock) return bytes;
    if (bytes.size() > kMostBytes)
      throw DataError(path + ": is larger than " + std::to_string(kMostBytes) +
                      " bytes, the most that an image may have.");
  }
}

}  // namespace

Image read_png(const std::string& path) {
  const std::vector<std::uint8_t> bytes = file_bytes(path);
  Reader reader;
  const auto fail = [&] {
    throw DataError(path + ": expected a PNG image: " + reader.image.message + ".");
  };
  if (png_image_begin_read_from_memory(&reader.image, bytes.data(), bytes.size()) == 0) fail();
  const std::size_t height = reader.image.height, width = reader.image.width;
  if (height * width > kMostPixels)
    throw DataError(path + ": has " + std::to_string(width) + " x " + std::to_string(height) +
                    " pixels; at most " + std::to_string(kMostPixels) + " are read.");
  // Before the memory for them is taken.
  if (height * width / kMostPixelsPerByte > bytes.size())
    throw DataError(path + ": announces " + std::to_string(width) + " x " + std::to_string(height) +
                    " pixels, which its " + std::to_string(bytes.size()) +
                    " bytes cannot hold. Fetch the file again.");
  const bool colour = (reader.image.format & PNG_FORMAT_FLAG_COLOR) != 0;
  reader.image.format = colour ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
  Image image{height, width, colour ? std::size_t{3} : std::size_t{1}, {}};
  image.bytes.resize(PNG_IMAGE_SIZE(reader.image));
  const png_color black{0, 0, 0};
  if (png_image_finish_read(&reader.image, &black, image.bytes.data(), 0, nullptr) == 0) fail();
  return image;
}

}  // namespace saddle
