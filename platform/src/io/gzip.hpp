#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace saddle {

// The bytes of a file, inflated on the way where its first bytes say that it is gzip. Nothing is
// inflated beyond what is asked for, so a reader that knows its size is safe from gzip bombs.
class ByteSource {
 public:
  // Throws DataError where `path` is missing, unreadable, or no regular file.
  explicit ByteSource(const std::string& path);
  ~ByteSource();
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;

  // The next `count` bytes; fewer only at the end. Throws DataError, with the byte position in the
  // file, where reading fails or the gzip data is damaged or ends too early.
  std::size_t read(void* out, std::size_t count);
  // Bytes handed out so far.
  std::uint64_t position() const;
  // "byte 4", or "byte 4 of the inflated data".
  std::string place(std::uint64_t position) const;
  const std::string& path() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace saddle
