#include "experiment/source_text.hpp"

#include <saddle/base/error.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace saddle {
namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 20;

// The smallest code point that needs this many bytes; a longer spelling of a smaller one is not
// UTF-8.
constexpr unsigned kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};

// The number of bytes of the character at `i`, or 0 where none stands there.
std::size_t character_length(const std::string& text, std::size_t i) {
  const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
  const unsigned first = byte(i);
  if (first < 0x80) return 1;
  const std::size_t length = first >> 5 == 6 ? 2 : first >> 4 == 14 ? 3 : first >> 3 == 30 ? 4 : 0;
  if (length == 0 || i + length > text.size()) return 0;
  unsigned code = first & (0xffu >> (length + 1));
  for (std::size_t k = 1; k < length; ++k) {
    if (byte(i + k) >> 6 != 2) return 0;
    code = code << 6 | (byte(i + k) & 0x3fu);
  }
  const bool surrogate = code >= 0xd800 && code <= 0xdfff;
  return code < kSmallest[length] || code > 0x10ffff || surrogate ? 0 : length;
}

bool is_control(const std::string& text, std::size_t i) {
  const auto byte = static_cast<unsigned char>(text[i]);
  if (byte == '\r') return i + 1 == text.size() || text[i + 1] != '\n';
  return (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7f;
}

}  // namespace

SourceText::SourceText(const std::string& bytes, Problems& problems) : bytes_(bytes) {
  if (bytes_.size() > kMostBytes) {
    problems.add({}, "is larger than 1 MiB, the most that a spec may have.");
    problems.throw_if_any();
  }
  if (bytes_.compare(0, 3, "\xef\xbb\xbf") == 0) bytes_.erase(0, 3);
  for (std::size_t i = 0; i < bytes_.size();) {
    const std::size_t length = character_length(bytes_, i);
    if (length == 0 || is_control(bytes_, i)) refuse(i, problems);
    for (std::size_t k = 1; k < length; ++k) continuations_.push_back(i + k);
    i += length;
  }
}

void SourceText::refuse(std::size_t position, Problems& problems) const {
  constexpr char kDigits[] = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(bytes_[position]);
  const auto begin = bytes_.begin();
  const auto here = begin + static_cast<std::ptrdiff_t>(position);
  const auto line = static_cast<std::size_t>(std::count(begin, here, '\n'));
  const std::size_t before = position == 0 ? std::string::npos : bytes_.rfind('\n', position - 1);
  const std::size_t column = before == std::string::npos ? position : position - before - 1;
  problems.add(place(position, line, column), std::string("the byte 0x") + kDigits[byte >> 4] +
                                                  kDigits[byte & 15] +
                                                  " is not text; expected YAML in UTF-8.");
  problems.throw_if_any();
}

Mark SourceText::place(std::size_t position, std::size_t line, std::size_t column) const {
  const auto until = [&](std::size_t limit) {
    return std::lower_bound(continuations_.begin(), continuations_.end(), limit);
  };
  const auto extra = until(position) - until(position - std::min(column, position));
  return {line + 1, column - static_cast<std::size_t>(extra) + 1};
}

bool is_utf8(const std::string& text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = character_length(text, i);
    if (length == 0) return false;
    i += length;
  }
  return true;
}

std::string read_source(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored))
    throw SpecError(path + ": is a directory; expected a YAML file.");
  std::ifstream file(path, std::ios::binary);
  std::string bytes(kMostBytes + 1, '\0');
  if (file) file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!file.is_open() || file.bad())
    throw SpecError(path + ": cannot be read: " + std::strerror(errno) + ".");
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return bytes;
}

}  // namespace saddle
