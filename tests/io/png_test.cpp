#include <saddle/base/error.hpp>
#include <saddle/io/png.hpp>

#include "error_text.hpp"
#include "temporary_folder.hpp"

#include <png.h>
#include <catch2/catch.hpp>

using saddle::DataError;
using saddle::Image;
using saddle::read_png;
using saddle::testing::error_text;
using saddle::testing::TemporaryFolder;

namespace {

void write(const std::string& path, png_uint_32 width, png_uint_32 height, png_uint_32 format,
           const std::vector<std::uint8_t>& bytes) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = width;
  image.height = height;
  image.format = format;
  REQUIRE(png_image_write_to_file(&image, path.c_str(), 0, bytes.data(), 0, nullptr) != 0);
}

// A PNG of one header that announces these sizes, and nothing else.
std::string announced(std::uint32_t width, std::uint32_t height) {
  std::string chunk = "IHDR";
  for (const std::uint32_t size : {width, height})
    for (int shift = 24; shift >= 0; shift -= 8) chunk += static_cast<char>(size >> shift & 255);
  chunk += std::string("\x08\x00\x00\x00\x00", 5);
  std::uint32_t crc = 0xffffffffU;
  for (const char c : chunk) {
    crc ^= static_cast<std::uint8_t>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (crc & 1U ? 0xedb88320U : 0U);
  }
  crc = ~crc;
  std::string text("\x89PNG\r\n\x1a\n\0\0\0\x0d", 12);
  text += chunk;
  for (int shift = 24; shift >= 0; shift -= 8) text += static_cast<char>(crc >> shift & 255);
  return text + std::string("\0\0\0\0IDAT", 8);
}

}  // namespace

TEST_CASE("Gray images keep one channel, colours three, transparency lies over black") {
  const TemporaryFolder folder;
  write(folder.file("gray.png"), 2, 1, PNG_FORMAT_GRAY, {0, 200});
  const Image gray = read_png(folder.file("gray.png"));
  CHECK(gray.channels == 1);
  CHECK(gray.height == 1);
  CHECK(gray.bytes == std::vector<std::uint8_t>{0, 200});

  write(folder.file("rgb.png"), 1, 2, PNG_FORMAT_RGB, {1, 2, 3, 4, 5, 6});
  const Image colours = read_png(folder.file("rgb.png"));
  CHECK(colours.channels == 3);
  CHECK(colours.bytes == std::vector<std::uint8_t>{1, 2, 3, 4, 5, 6});

  write(folder.file("alpha.png"), 1, 1, PNG_FORMAT_RGBA, {255, 255, 255, 0});
  CHECK(read_png(folder.file("alpha.png")).bytes == std::vector<std::uint8_t>{0, 0, 0});
}

TEST_CASE("Damaged, foreign and boundless images are refused") {
  const TemporaryFolder folder;
  const std::string rubbish = "not an image, whatever its name says";
  CHECK(error_text<DataError>([&] { read_png(folder.file("x.png", rubbish)); }) ==
        folder.file("x.png") + ": expected a PNG image: Not a PNG file.");
  CHECK(error_text<DataError>([&] { read_png(folder.file("big.png", announced(60000, 60000))); }) ==
        folder.file("big.png") + ": has 60000 x 60000 pixels; at most 67108864 are read.");
  CHECK(
      error_text<DataError>([&] { read_png(folder.file("void.png", announced(8000, 8000))); }) ==
      folder.file("void.png") +
          ": announces 8000 x 8000 pixels, which its 41 bytes cannot hold. Fetch the file again.");
  write(folder.file("whole.png"), 8, 8, PNG_FORMAT_GRAY, std::vector<std::uint8_t>(64, 9));
  std::ifstream file(folder.file("whole.png"), std::ios::binary);
  const std::string whole{std::istreambuf_iterator<char>(file), {}};
  for (std::size_t size = 1; size < whole.size() - 12; size += 7)
    CHECK(error_text<DataError>([&] {
            read_png(folder.file("cut.png", whole.substr(0, size)));
          }).find("expected a PNG image") != std::string::npos);
}
