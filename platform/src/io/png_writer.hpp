#pragma once

#include <saddle/io/png.hpp>

#include <string>

namespace saddle {

// Writes an image of one or three channels as PNG. Throws DataError where it cannot be written.
void write_png(const std::string& path, const Image& image);

}  // namespace saddle
