#pragma once

#include <cstddef>
#include <cstdint>

namespace saddle::testing {

// Requests for memory that reached the C library.
struct Requests {
  std::uint64_t calls, bytes;
};

// Those of this thread since start_counting(), by the library that asked: oneDNN, or any other.
struct RequestCounts {
  Requests onednn, other;
};

// In a program that this is linked into, the allocator of the C library and operator new are its
// own: they pass every request on, and count where asked to.
void start_counting();
RequestCounts stop_counting();

}  // namespace saddle::testing
