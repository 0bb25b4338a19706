// Preloaded into saddle, it ends the process at, or fails from, the N-th call that changes a file:
//   SADDLE_SHIM=kill:N   SIGKILL at the N-th call, before it is done
//   SADDLE_SHIM=full:N   this and all later calls that need space fail with ENOSPC
//   SADDLE_SHIM=fail:N   this call alone fails with EIO
//   SADDLE_SHIM=count    nothing but counting
// With SADDLE_SHIM_COUNT=FILE the number of calls is written to FILE at the end.
#include <dlfcn.h>
#include <sys/stat.h>
#include <unistd.h>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

enum class Mode { count, kill, full, fail };

struct Plan {
  Mode mode = Mode::count;
  long at = 0;
  Plan() {
    const char* const text = std::getenv("SADDLE_SHIM");
    if (text == nullptr) return;
    const char* const colon = std::strchr(text, ':');
    if (colon == nullptr) return;
    at = std::atol(colon + 1);
    if (std::strncmp(text, "kill", 4) == 0) mode = Mode::kill;
    if (std::strncmp(text, "full", 4) == 0) mode = Mode::full;
    if (std::strncmp(text, "fail", 4) == 0) mode = Mode::fail;
  }
};

const Plan& plan() {
  static const Plan made;
  return made;
}

std::atomic<long> calls{0};

struct Report {
  ~Report() {
    const char* const path = std::getenv("SADDLE_SHIM_COUNT");
    std::FILE* const file = path != nullptr ? std::fopen(path, "w") : nullptr;
    if (file == nullptr) return;
    std::fprintf(file, "%ld\n", calls.load());
    std::fclose(file);
  }
} report;

bool is_regular(int descriptor) {
  struct stat status {};
  return fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
}

// Whether the call is to fail, with errno set. Does not return where the process is to end.
bool refuses(bool needs_space) {
  const long call = ++calls;
  switch (plan().mode) {
    case Mode::kill:
      if (call == plan().at) raise(SIGKILL);
      return false;
    case Mode::full:
      errno = ENOSPC;
      return needs_space && call >= plan().at;
    case Mode::fail:
      errno = EIO;
      return call == plan().at;
    case Mode::count:
      break;
  }
  return false;
}

template <class Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

ssize_t write(int descriptor, const void* bytes, size_t count) {
  static const auto real = next<ssize_t (*)(int, const void*, size_t)>("write");
  if (is_regular(descriptor) && refuses(true)) return -1;
  return real(descriptor, bytes, count);
}

ssize_t pwrite64(int descriptor, const void* bytes, size_t count, off64_t offset) {
  static const auto real = next<ssize_t (*)(int, const void*, size_t, off64_t)>("pwrite64");
  if (is_regular(descriptor) && refuses(true)) return -1;
  return real(descriptor, bytes, count, offset);
}

ssize_t pwrite(int descriptor, const void* bytes, size_t count, off_t offset) {
  return pwrite64(descriptor, bytes, count, offset);
}

int ftruncate64(int descriptor, off64_t length) noexcept {
  static const auto real = next<int (*)(int, off64_t)>("ftruncate64");
  return refuses(true) ? -1 : real(descriptor, length);
}

int ftruncate(int descriptor, off_t length) noexcept { return ftruncate64(descriptor, length); }

int fsync(int descriptor) {
  static const auto real = next<int (*)(int)>("fsync");
  return refuses(false) ? -1 : real(descriptor);
}

int rename(const char* from, const char* to) noexcept {
  static const auto real = next<int (*)(const char*, const char*)>("rename");
  return refuses(false) ? -1 : real(from, to);
}

}  // extern "C"
