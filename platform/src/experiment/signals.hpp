#pragma once

#include <csignal>
#include <cstddef>
#include <memory>

namespace saddle {

// Takes SIGINT and SIGTERM while it lives; a second one ends the process as usual. To be made by
// the thread that the system gives signals to, the process's first: the handler gets a stack of its
// own there, since some kernels of oneDNN keep numbers below the end of the thread's stack, where
// it would write.
class Signals {
 public:
  Signals();
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  // The signal that came, 0 where none did.
  static int received();

 private:
  std::unique_ptr<std::byte[]> stack_;
  stack_t stack_before_{};
  struct sigaction before_[2];
};

}  // namespace saddle
