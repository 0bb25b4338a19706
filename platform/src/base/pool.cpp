#include <saddle/base/pool.hpp>

#include <sys/mman.h>
#include <array>
#include <mutex>
#include <new>
#include <utility>
#include <vector>

namespace saddle {
namespace {

constexpr std::align_val_t kAlignment{64};
constexpr std::size_t kClasses = 64;

// What the processor can look up as one page, which saves most of the lookups in large tensors.
constexpr std::size_t kHugePage = std::size_t{2} << 20;

// The system is asked for huge pages, and free to give small ones.
std::byte* huge_pages(std::size_t bytes) {
  void* const pages = ::operator new (bytes, std::align_val_t{kHugePage});
  madvise(pages, bytes, MADV_HUGEPAGE);
  return static_cast<std::byte*>(pages);
}

// Kept until the process ends: tensors of static lifetime may be released after any destructor.
struct Pool {
  std::mutex mutex;
  std::array<std::vector<void*>, kClasses> free_blocks;
  PoolCounts counts{0, 0};
  // The rest of a page that new blocks are cut from.
  std::byte* rest = nullptr;
  std::size_t rest_bytes = 0;

  void* new_block(std::size_t bytes) {
    if (bytes >= kHugePage) return huge_pages(bytes);
    if (rest_bytes < bytes) {
      rest = huge_pages(kHugePage);
      rest_bytes = kHugePage;
    }
    rest_bytes -= bytes;
    return std::exchange(rest, rest + bytes);
  }
};

Pool& pool() {
  static Pool* instance = new Pool;
  return *instance;
}

// The size class holds blocks of 2^class bytes, at least one cache line.
std::size_t size_class(std::size_t bytes) {
  std::size_t found = 6;
  while ((std::size_t{1} << found) < bytes) ++found;
  return found;
}

// Under the address sanitizer every block is new, so that it sees use after release.
constexpr bool kKeepsBlocks = sizeof(SADDLE_SANITIZER) == 1;

}  // namespace

void* pool_allocate(std::size_t bytes) {
  const std::size_t wanted = size_class(bytes);
  Pool& shared = pool();
  const std::lock_guard<std::mutex> lock(shared.mutex);
  ++shared.counts.requests;
  std::vector<void*>& blocks = shared.free_blocks[wanted];
  if (!blocks.empty()) {
    void* block = blocks.back();
    blocks.pop_back();
    return block;
  }
  ++shared.counts.misses;
  if (!kKeepsBlocks) return ::operator new(bytes, kAlignment);
  return shared.new_block(std::size_t{1} << wanted);
}

void pool_release(void* block, std::size_t bytes) noexcept {
  if (!block) return;
  if (!kKeepsBlocks) return ::operator delete(block, kAlignment);
  Pool& shared = pool();
  const std::lock_guard<std::mutex> lock(shared.mutex);
  try {
    shared.free_blocks[size_class(bytes)].push_back(block);
  } catch (const std::bad_alloc&) {
    ::operator delete(block, kAlignment);
  }
}

PoolString pool_text(std::initializer_list<std::string_view> parts) {
  std::size_t size = 0;
  for (const std::string_view part : parts) size += part.size();
  PoolString text;
  text.reserve(size);
  for (const std::string_view part : parts) text += part;
  return text;
}

PoolCounts pool_counts() {
  Pool& shared = pool();
  const std::lock_guard<std::mutex> lock(shared.mutex);
  return shared.counts;
}

}  // namespace saddle
