#pragma once

#include <saddle/base/error.hpp>

#include <fcntl.h>
#include <unistd.h>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace saddle::fuzz {

// A file in memory, since the readers take paths. One serves all inputs of a process. It has a path
// of its own: HDF5 resolves links, and those of nameless files lead nowhere.
class InputFile {
 public:
  explicit InputFile(const std::string& name = "input")
      : path_("/dev/shm/saddle-fuzz-" + name + "-" + std::to_string(getpid())),
        descriptor_(open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (descriptor_ < 0) std::abort();
  }
  ~InputFile() {
    close(descriptor_);
    unlink(path_.c_str());
  }
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  const std::string& path() const { return path_; }
  std::string content() const {
    std::string bytes(static_cast<std::size_t>(lseek(descriptor_, 0, SEEK_END)), '\0');
    if (pread(descriptor_, bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
      std::abort();
    return bytes;
  }
  // Makes `bytes` the content of the file, and returns its path.
  const std::string& holding(std::string_view bytes) const {
    const auto size = static_cast<ssize_t>(bytes.size());
    if (ftruncate(descriptor_, size) != 0 ||
        pwrite(descriptor_, bytes.data(), bytes.size(), 0) != size)
      std::abort();
    return path_;
  }

 private:
  std::string path_;
  int descriptor_;
};

inline std::string_view view(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// Reads an input. Errors for users are an answer like any other; whatever else is thrown is a
// finding, and so is what the sanitizers see.
template <class Read>
int try_to(const Read& read) {
  try {
    read();
  } catch (const Error&) {
  }
  return 0;
}

}  // namespace saddle::fuzz
