#pragma once

#include <sys/types.h>
#include <optional>
#include <string>
#include <vector>

namespace saddle {

// This program, run once more with other arguments beside this process. It gets no signals of the
// terminal, so that its owner decides when it is interrupted; it is interrupted (SIGTERM) where
// this process dies.
class Program {
 public:
  // Throws DataError where it cannot be started.
  explicit Program(const std::vector<std::string>& arguments);
  ~Program();  // kills it where it has not ended
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // Its exit code, 128 and the signal where one killed it; nothing while it runs.
  std::optional<int> exit_code();
  void interrupt(int signal);
  // What it has written to stderr.
  std::string messages() const;

 private:
  int messages_;
  pid_t process_;
  std::optional<int> exit_code_;
};

}  // namespace saddle
