#pragma once

#include <saddle/io/png.hpp>

#include <string>

namespace saddle {

// An image of one or three channels as the bytes of a PNG file.
std::string png_bytes(const Image& image);
// Writes an image of one or three channels as PNG. Throws DataError where it cannot be written.
void write_png(const std::string& path, const Image& image);

}  // namespace saddle
