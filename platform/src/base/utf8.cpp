#include "base/utf8.hpp"

#include <cstddef>
#include <cstdint>

namespace saddle {
namespace {

// The number of bytes of a character by its first byte; 0 where none begins so.
std::size_t character_length(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return 2;
  if (first >= 0xE0 && first <= 0xEF) return 3;
  if (first >= 0xF0 && first <= 0xF4) return 4;
  return 0;
}

bool is_printable(std::uint32_t code, std::size_t length) {
  if (length == 1) return code >= 0x20 && code != 0x7F;
  if (length == 2) return code >= 0xA0;
  if (length == 3) return code >= 0x800 && (code < 0xD800 || code > 0xDFFF);
  return code >= 0x10000 && code <= 0x10FFFF;
}

}  // namespace

bool is_printable_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const auto first = static_cast<unsigned char>(text[at]);
    const std::size_t length = character_length(first);
    if (length == 0 || length > text.size() - at) return false;
    std::uint32_t code = length == 1 ? first : first & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
      const auto next = static_cast<unsigned char>(text[at + i]);
      if ((next & 0xC0u) != 0x80u) return false;
      code = (code << 6) | (next & 0x3Fu);
    }
    if (!is_printable(code, length)) return false;
    at += length;
  }
  return true;
}

}  // namespace saddle
