#pragma once

#include <cstddef>
#include <vector>

namespace saddle {

// Memory for tensors and their history: 64-byte aligned blocks that are kept for reuse by size
// class, since a training step asks for the same sizes again and again. Any thread may call these.
void* pool_allocate(std::size_t bytes);
void pool_release(void* block, std::size_t bytes) noexcept;

// How often the pool was asked, and how often it had to ask the system.
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
  T* allocate(std::size_t n) { return static_cast<T*>(pool_allocate(n * sizeof(T))); }
  void deallocate(T* block, std::size_t n) noexcept { pool_release(block, n * sizeof(T)); }
  friend bool operator==(const PoolAllocator&, const PoolAllocator&) { return true; }
  friend bool operator!=(const PoolAllocator&, const PoolAllocator&) { return false; }
};

// For lists that every training step makes again.
template <class T>
using PoolVector = std::vector<T, PoolAllocator<T>>;

}  // namespace saddle
