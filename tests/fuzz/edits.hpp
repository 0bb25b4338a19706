#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>

namespace saddle::fuzz {

// The bytes of an input that are not used yet; 0 for ever after their end.
class Bytes {
 public:
  Bytes() = default;
  explicit Bytes(std::string_view left) : left_(left) {}

  bool empty() const { return left_.empty(); }
  std::uint8_t next() {
    const std::string_view byte = take(1);
    return byte.empty() ? std::uint8_t{0} : static_cast<std::uint8_t>(byte[0]);
  }
  std::string_view take(std::size_t count) {
    const std::string_view taken = left_.substr(0, count);
    left_.remove_prefix(taken.size());
    return taken;
  }
  // One of a table.
  template <class T, std::size_t N>
  const T& among(const T (&choices)[N]) {
    return choices[next() % N];
  }

 private:
  std::string_view left_;
};

// An input as edits of a sound file: for each a slot, a length, and so many parameters. A slot
// stands for one object or attribute, in the order in which the sound file is made; an input
// without edits is the sound file. Inputs made so stay near the files that a reader goes deep into.
class Edits {
 public:
  explicit Edits(std::string_view input) {
    Bytes bytes(input);
    while (!bytes.empty()) {
      const std::uint8_t slot = bytes.next(), length = bytes.next();
      edits_.emplace(slot, Bytes(bytes.take(length)));
    }
  }

  // The edit of a slot; null where it has none.
  Bytes* of(std::uint8_t slot) {
    const auto found = edits_.find(slot);
    return found == edits_.end() ? nullptr : &found->second;
  }

 private:
  std::map<std::uint8_t, Bytes> edits_;
};

}  // namespace saddle::fuzz
