#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace saddle {

// A fast digest, XXH3 of 64 bits, of bytes that arrive in pieces. For telling states of a run
// apart, not against people who mean harm.
class Digest {
 public:
  Digest();
  ~Digest();
  void update(const void* bytes, std::size_t count);
  // Its upper 53 bits, which a double holds exactly.
  double number() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace saddle
