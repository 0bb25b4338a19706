#pragma once

#include <cstddef>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace saddle {

// The alignment of all blocks of the pool.
inline constexpr std::size_t kPoolAlignment = 64;

// Memory for what every training step makes again, as tensors and their history: blocks that are
// kept for reuse by size class. Any thread may call these.
void* pool_allocate(std::size_t bytes);
void pool_release(void* block, std::size_t bytes) noexcept;

// How often the pool was asked, and how often it had no block of the size that was free.
struct PoolCounts {
  std::size_t requests;
  std::size_t misses;
};
PoolCounts pool_counts();

template <class T>
struct PoolAllocator {
  using value_type = T;
  PoolAllocator() = default;
  template <class U>
  PoolAllocator(const PoolAllocator<U>&) {}
  T* allocate(std::size_t n) {
    static_assert(alignof(T) <= kPoolAlignment);
    return static_cast<T*>(pool_allocate(n * sizeof(T)));
  }
  void deallocate(T* block, std::size_t n) noexcept { pool_release(block, n * sizeof(T)); }
  friend bool operator==(const PoolAllocator&, const PoolAllocator&) { return true; }
  friend bool operator!=(const PoolAllocator&, const PoolAllocator&) { return false; }
};

template <class T>
using PoolVector = std::vector<T, PoolAllocator<T>>;
using PoolString = std::basic_string<char, std::char_traits<char>, PoolAllocator<char>>;
// The parts one after another.
PoolString pool_text(std::initializer_list<std::string_view> parts);

// Lets a map find any kind of string without making a key of it.
struct ByText {
  using is_transparent = void;
  bool operator()(std::string_view a, std::string_view b) const { return a < b; }
};
template <class T>
using PoolMap = std::map<PoolString, T, ByText, PoolAllocator<std::pair<const PoolString, T>>>;

// For classes that every training step makes by `new`; their alignment is at most the pool's.
struct Pooled {
  static void* operator new(std::size_t bytes) { return pool_allocate(bytes); }
  static void operator delete(void* block, std::size_t bytes) noexcept {
    pool_release(block, bytes);
  }
};

}  // namespace saddle
