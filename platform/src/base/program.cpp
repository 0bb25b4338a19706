#include "base/program.hpp"

#include <saddle/base/error.hpp>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cerrno>
#include <csignal>
#include <cstring>

namespace saddle {
namespace {

constexpr char kSelf[] = "/proc/self/exe";
// The exit code where somebody else has asked for it.
constexpr int kUnknown = 127;

// Between fork and exec: only what is safe there.
[[noreturn]] void become(char* const* arguments, int messages, pid_t parent) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  // It may have died before.
  if (getppid() != parent) _exit(127);
  const int nothing = open("/dev/null", O_RDWR);
  if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(nothing, STDOUT_FILENO) < 0 ||
      dup2(messages, STDERR_FILENO) < 0)
    _exit(127);
  execv(kSelf, arguments);
  _exit(127);
}

}  // namespace

Program::Program(const std::vector<std::string>& arguments)
    : messages_(memfd_create("saddle-messages", MFD_CLOEXEC)) {
  if (messages_ < 0) throw DataError(std::string("no memory file: ") + std::strerror(errno) + ".");
  std::vector<std::string> texts = arguments;
  texts.insert(texts.begin(), "saddle");
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  // Where the launcher of this process had it ignored, the system would keep no exit codes.
  std::signal(SIGCHLD, SIG_DFL);
  const pid_t parent = getpid();
  process_ = fork();
  if (process_ == 0) become(pointers.data(), messages_, parent);
  if (process_ > 0) return;
  const int reason = errno;
  close(messages_);
  throw DataError(std::string("no child process: ") + std::strerror(reason) + ".");
}

Program::~Program() {
  if (!exit_code()) {
    kill(process_, SIGKILL);
    while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) continue;
  }
  close(messages_);
}

std::optional<int> Program::exit_code() {
  int status = 0;
  if (exit_code_) return exit_code_;
  const pid_t ended = waitpid(process_, &status, WNOHANG);
  if (ended == process_)
    exit_code_ = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  else if (ended < 0 && errno == ECHILD)
    exit_code_ = kUnknown;
  return exit_code_;
}

void Program::interrupt(int signal) {
  if (!exit_code_) kill(process_, signal);
}

std::string Program::messages() const {
  std::string text;
  char buffer[4096];
  ssize_t count = 0;
  while ((count = pread(messages_, buffer, sizeof buffer, static_cast<off_t>(text.size()))) > 0)
    text.append(buffer, static_cast<std::size_t>(count));
  return text;
}

}  // namespace saddle
