#include <saddle/io/png.hpp>

#include "fuzz/input_file.hpp"

#include <zlib.h>

using namespace saddle;

namespace {

constexpr std::size_t kSignature = 8;

std::size_t big_endian(const std::string& bytes, std::size_t at) {
  std::size_t value = 0;
  for (std::size_t i = at; i < at + 4; ++i)
    value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

// States the right checksum of every chunk, which mutation would hardly ever hit.
void mend_checksums(std::string& bytes) {
  for (std::size_t at = kSignature; at + 12 <= bytes.size();) {
    const std::size_t length = big_endian(bytes, at);
    if (length > bytes.size() - at - 12) return;
    const auto* const kind = reinterpret_cast<const Bytef*>(bytes.data() + at + 4);
    const uLong sum = crc32(0, kind, static_cast<uInt>(length + 4));
    at += length + 8;
    for (unsigned shift = 32; shift > 0; shift -= 8)
      bytes[at++] = static_cast<char>(sum >> (shift - 8));
  }
}

}  // namespace

// The last byte says whether the checksums are left as they are.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::InputFile file;
  return fuzz::try_to([&] {
    std::string bytes(fuzz::view(data, size == 0 ? 0 : size - 1));
    if (size > 0 && data[size - 1] < 0x80) mend_checksums(bytes);
    const Image image = read_png(file.holding(bytes));
    if (image.bytes.size() != image.height * image.width * image.channels) std::abort();
  });
}
