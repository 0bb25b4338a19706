#include <saddle/base/pool.hpp>

#include <sys/mman.h>
#include <array>
#include <atomic>
#include <mutex>
#include <new>
#include <utility>

namespace saddle {
namespace {

constexpr std::align_val_t kAlignment{kPoolAlignment};
constexpr std::size_t kClasses = 64;
// What the processor can look up as one page, which saves most of the lookups in large tensors.
constexpr std::size_t kHugePage = std::size_t{2} << 20;

// The size class holds blocks of 2^class bytes, at least one cache line.
std::size_t size_class(std::size_t bytes) {
  std::size_t found = 6;
  while ((std::size_t{1} << found) < bytes) ++found;
  return found;
}

// The system is asked for huge pages, and free to give small ones.
std::byte* huge_pages(std::size_t bytes) {
  void* const pages = ::operator new (bytes, std::align_val_t{kHugePage});
  madvise(pages, bytes, MADV_HUGEPAGE);
  return static_cast<std::byte*>(pages);
}

// Kept until the process ends: tensors of static lifetime may be released after any destructor.
struct Pool {
  std::mutex mutex;  // guards the blocks
  // The first free block of each class, which begins with where the next is.
  std::array<void*, kClasses> free_blocks{};
  // The rest of a page that new blocks are cut from.
  std::byte* rest = nullptr;
  std::size_t rest_bytes = 0;
  std::atomic<std::size_t> requests{0}, misses{0};

  void keep(void* block, std::size_t wanted) {
    *static_cast<void**>(block) = std::exchange(free_blocks[wanted], block);
  }
  void* kept(std::size_t wanted) {
    void* const block = free_blocks[wanted];
    if (block) free_blocks[wanted] = *static_cast<void**>(block);
    return block;
  }
  std::byte* cut(std::size_t bytes) {
    rest_bytes -= bytes;
    return std::exchange(rest, rest + bytes);
  }
  void* new_block(std::size_t wanted) {
    const std::size_t bytes = std::size_t{1} << wanted;
    if (bytes >= kHugePage) return huge_pages(bytes);
    if (rest_bytes < bytes) {
      std::byte* const page = huge_pages(kHugePage);
      // What is left of the page before serves smaller sizes.
      for (std::size_t smaller = wanted; smaller-- > 0;)
        if (rest_bytes >> smaller & 1) keep(cut(std::size_t{1} << smaller), smaller);
      rest = page;
      rest_bytes = kHugePage;
    }
    return cut(bytes);
  }
};

Pool& pool() {
  static Pool* instance = new Pool;
  return *instance;
}

// Under a sanitizer every block is new, and no lock is taken: so it sees use after release, and
// races that the lock would order.
constexpr bool kKeepsBlocks = sizeof(SADDLE_SANITIZER) == 1;

}  // namespace

void* pool_allocate(std::size_t bytes) {
  Pool& shared = pool();
  shared.requests.fetch_add(1, std::memory_order_relaxed);
  if (!kKeepsBlocks) return ::operator new(bytes, kAlignment);
  const std::size_t wanted = size_class(bytes);
  const std::lock_guard<std::mutex> lock(shared.mutex);
  if (void* const block = shared.kept(wanted)) return block;
  shared.misses.fetch_add(1, std::memory_order_relaxed);
  return shared.new_block(wanted);
}

void pool_release(void* block, std::size_t bytes) noexcept {
  if (!block) return;
  if (!kKeepsBlocks) return ::operator delete(block, kAlignment);
  Pool& shared = pool();
  const std::lock_guard<std::mutex> lock(shared.mutex);
  shared.keep(block, size_class(bytes));
}

PoolString pool_text(std::initializer_list<std::string_view> parts) {
  std::size_t size = 0;
  for (const std::string_view part : parts) size += part.size();
  PoolString text;
  text.reserve(size);
  for (const std::string_view part : parts) text += part;
  return text;
}

PoolCounts pool_counts() { return {pool().requests, pool().misses}; }

}  // namespace saddle
