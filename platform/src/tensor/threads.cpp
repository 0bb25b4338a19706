#include <saddle/tensor/threads.hpp>

#include <algorithm>
#include <atomic>

namespace saddle {
namespace {

std::atomic<std::size_t>& thread_count() {
  static std::atomic<std::size_t> count{1};
  return count;
}

}  // namespace

void set_threads(std::size_t count) { thread_count() = std::max<std::size_t>(1, count); }
std::size_t threads() { return thread_count(); }

}  // namespace saddle
