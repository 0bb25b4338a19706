#pragma once

#include <saddle/base/problems.hpp>
#include <saddle/base/value.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace saddle {

// The bytes of a spec, checked to be text: UTF-8 without control characters, at most 1 MiB.
class SourceText {
 public:
  // Throws SpecError, through `problems`, at the first byte that is not text. A byte order mark at
  // the beginning is left out.
  SourceText(const std::string& bytes, Problems& problems);

  const std::string& bytes() const { return bytes_; }
  // The place of a byte, given its line and the byte's position within it, both from 0.
  Mark place(std::size_t position, std::size_t line, std::size_t column) const;

 private:
  void refuse(std::size_t position, Problems& problems) const;

  std::string bytes_;
  std::vector<std::size_t> continuations_;  // positions of bytes that continue a character
};

bool is_utf8(const std::string& text);

// The bytes of a file, of which no more than a spec may have and one are read. Throws SpecError.
std::string read_source(const std::string& path);

}  // namespace saddle
