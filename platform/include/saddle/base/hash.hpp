#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace saddle {

// SHA-256 of bytes that arrive in pieces.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  void update(const void* bytes, std::size_t count);
  // 64 hexadecimal digits; ends the computation.
  std::string hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::string sha256_hex(std::string_view bytes);
// The first eight bytes of the digest, most significant first.
std::uint64_t sha256_prefix(std::string_view bytes);
// The digest of a file's bytes. Throws DataError where it cannot be read.
std::string sha256_file(const std::string& path);

}  // namespace saddle
