#include "io/png_writer.hpp"

#include <saddle/base/error.hpp>

#include "io/durable.hpp"

#include <png.h>

namespace saddle {

std::string png_bytes(const Image& image) {
  png_image png{};
  png.version = PNG_IMAGE_VERSION;
  png.height = static_cast<png_uint_32>(image.height);
  png.width = static_cast<png_uint_32>(image.width);
  png.format = image.channels == 3 ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(png);
  std::string bytes(size, '\0');
  if (png_image_write_to_memory(&png, bytes.data(), &size, 0, image.bytes.data(), 0, nullptr) == 0)
    throw DataError(std::string("no PNG image can be made: ") + png.message + ".");
  bytes.resize(size);
  return bytes;
}

void write_png(const std::string& path, const Image& image) {
  replace_durably(path, {png_bytes(image)});
}

}  // namespace saddle
