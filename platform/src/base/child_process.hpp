#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace saddle {

// What a child process may use; nothing stands for as much as it likes.
struct ChildLimits {
  std::optional<double> seconds;       // of the clock
  std::optional<std::uint64_t> bytes;  // of memory, beyond what the process has already
};

// How it ended.
struct ChildResult {
  enum class End {
    returned,   // `text` is what it returned
    threw,      // a saddle::Error: `code` is its exit code, `text` its message
    crashed,    // `code` is the signal, or the code with which it left by itself
    timed_out,  // it was killed
  };
  End end;
  int code = 0;
  std::string text;

  // How it crashed: "crashed (Segmentation fault)".
  std::string crash() const;
};

// Does something in a child process, so that a crash, a hang or a leak there harms nobody. To be
// called before this process has threads of its own: the child has only the calling one.
ChildResult in_child(const std::function<std::string()>& work, const ChildLimits& limits = {});

// Does it there and returns its text; its error is thrown here too. Throws DataError "<what>: ..."
// where it crashed or took too long.
std::string safely_in_child(const std::string& what, const std::function<std::string()>& work,
                            const ChildLimits& limits);

}  // namespace saddle
