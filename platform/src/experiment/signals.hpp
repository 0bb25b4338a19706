#pragma once

#include <csignal>

namespace saddle {

// Takes SIGINT and SIGTERM while it lives; a second one ends the process as usual.
class Signals {
 public:
  Signals();
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  // The signal that came, 0 where none did.
  static int received();

 private:
  struct sigaction before_[2];
};

}  // namespace saddle
