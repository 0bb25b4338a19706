#include "bench/allocations.hpp"

#include <dlfcn.h>
#include <cerrno>
#include <cstring>
#include <new>

// What glibc's own allocator is called by those who take the place of malloc.
extern "C" {
void* __libc_malloc(std::size_t bytes);
void* __libc_calloc(std::size_t count, std::size_t bytes);
void* __libc_realloc(void* block, std::size_t bytes);
void* __libc_memalign(std::size_t alignment, std::size_t bytes);
void __libc_free(void* block);
}

namespace saddle::testing {
namespace {

thread_local bool counting = false;
thread_local RequestCounts counts{};

bool is_onednn(const void* caller) {
  Dl_info info{};
  return dladdr(caller, &info) != 0 && std::strstr(info.dli_fname, "libdnnl") != nullptr;
}

void count(std::size_t bytes, const void* caller) {
  if (!counting) return;
  counting = false;  // dladdr may ask for memory itself
  Requests& requests = is_onednn(caller) ? counts.onednn : counts.other;
  ++requests.calls;
  requests.bytes += bytes;
  counting = true;
}

void* checked(void* block) {
  if (block == nullptr) throw std::bad_alloc();
  return block;
}

}  // namespace

void start_counting() {
  counts = {};
  counting = true;
}

RequestCounts stop_counting() {
  counting = false;
  return counts;
}

}  // namespace saddle::testing

using saddle::testing::checked;
using saddle::testing::count;

extern "C" {

void* malloc(std::size_t bytes) {
  count(bytes, __builtin_return_address(0));
  return __libc_malloc(bytes);
}

void* calloc(std::size_t number, std::size_t bytes) {
  count(number * bytes, __builtin_return_address(0));
  return __libc_calloc(number, bytes);
}

void* realloc(void* block, std::size_t bytes) {
  count(bytes, __builtin_return_address(0));
  return __libc_realloc(block, bytes);
}

void* memalign(std::size_t alignment, std::size_t bytes) {
  count(bytes, __builtin_return_address(0));
  return __libc_memalign(alignment, bytes);
}

void* aligned_alloc(std::size_t alignment, std::size_t bytes) {
  count(bytes, __builtin_return_address(0));
  return __libc_memalign(alignment, bytes);
}

int posix_memalign(void** block, std::size_t alignment, std::size_t bytes) {
  count(bytes, __builtin_return_address(0));
  *block = __libc_memalign(alignment, bytes);
  return *block == nullptr ? ENOMEM : 0;
}

void free(void* block) { __libc_free(block); }

}  // extern "C"

void* operator new(std::size_t bytes) {
  count(bytes, __builtin_return_address(0));
  return checked(__libc_malloc(bytes));
}

void* operator new[](std::size_t bytes) {
  count(bytes, __builtin_return_address(0));
  return checked(__libc_malloc(bytes));
}

void* operator new(std::size_t bytes, std::align_val_t alignment) {
  count(bytes, __builtin_return_address(0));
  return checked(__libc_memalign(static_cast<std::size_t>(alignment), bytes));
}

void operator delete(void* block) noexcept { __libc_free(block); }
void operator delete[](void* block) noexcept { __libc_free(block); }
void operator delete(void* block, std::size_t) noexcept { __libc_free(block); }
void operator delete[](void* block, std::size_t) noexcept { __libc_free(block); }
void operator delete(void* block, std::align_val_t) noexcept { __libc_free(block); }
void operator delete(void* block, std::size_t, std::align_val_t) noexcept { __libc_free(block); }
