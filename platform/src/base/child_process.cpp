#include "base/child_process.hpp"

#include <saddle/base/error.hpp>

#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <new>

namespace saddle {
namespace {

using Clock = std::chrono::steady_clock;

// The first byte of what a child sends: 0 before what it returned, else the exit code of its error.
constexpr char kReturned = 0;

void limit_memory(std::uint64_t bytes) {
  // Sanitizers reserve more addresses than any limit.
  if (std::strlen(SADDLE_SANITIZER) > 0) return;
  std::uint64_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  const rlim_t most = pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE)) + bytes;
  const rlimit limit{most, most};
  setrlimit(RLIMIT_AS, &limit);
}

std::string outcome(const std::function<std::string()>& work) {
  const auto error_text = [](int code, const std::string& message) {
    return static_cast<char>(code) + message;
  };
  try {
    return kReturned + work();
  } catch (const Error& error) {
    return error_text(error.exit_code(), error.what());
  } catch (const std::bad_alloc&) {
    return error_text(4, "it needs more memory than it may have.");
  } catch (const std::exception& error) {
    return error_text(70, error.what());
  }
}

[[noreturn]] void be_child(int out, const std::function<std::string()>& work,
                           const ChildLimits& limits) {
  // What nobody waits for must not go on.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (limits.bytes) limit_memory(*limits.bytes);
  // No core files of crashes that are expected.
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  const std::string text = outcome(work);
  for (std::size_t sent = 0; sent < text.size();) {
    const ssize_t count = write(out, text.data() + sent, text.size() - sent);
    if (count < 0 && errno != EINTR) _exit(71);
    if (count > 0) sent += static_cast<std::size_t>(count);
  }
  std::fflush(nullptr);
  _exit(0);
}

// Reads to the end; false where the time is over before.
bool read_all(int in, const std::optional<double>& seconds, std::string& text) {
  const Clock::time_point start = Clock::now();
  char buffer[65536];
  while (true) {
    int wait = -1;
    if (seconds) {
      const double left = *seconds - std::chrono::duration<double>(Clock::now() - start).count();
      if (left <= 0) return false;
      wait = static_cast<int>(left * 1000) + 1;
    }
    pollfd ready{in, POLLIN, 0};
    const int found = poll(&ready, 1, wait);
    if (found < 0 && errno != EINTR) return true;
    if (found <= 0) continue;
    const ssize_t count = read(in, buffer, sizeof buffer);
    if (count == 0 || (count < 0 && errno != EINTR)) return true;
    if (count > 0) text.append(buffer, static_cast<std::size_t>(count));
  }
}

}  // namespace

ChildResult in_child(const std::function<std::string()>& work, const ChildLimits& limits) {
  int ends[2];
  if (pipe(ends) != 0) throw DataError(std::string("no pipe: ") + std::strerror(errno) + ".");
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    be_child(ends[1], work, limits);
  }
  close(ends[1]);
  if (child < 0) {
    close(ends[0]);
    throw DataError(std::string("no child process: ") + std::strerror(errno) + ".");
  }
  std::string text;
  const bool in_time = read_all(ends[0], limits.seconds, text);
  close(ends[0]);
  if (!in_time) kill(child, SIGKILL);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  if (!in_time) return {ChildResult::End::timed_out, 0, ""};
  if (WIFSIGNALED(status)) return {ChildResult::End::crashed, WTERMSIG(status), ""};
  if (WEXITSTATUS(status) != 0 || text.empty())
    return {ChildResult::End::crashed, WEXITSTATUS(status), ""};
  const auto end = text[0] == kReturned ? ChildResult::End::returned : ChildResult::End::threw;
  return {end, text[0], text.substr(1)};
}

// The signals that end a process by its own fault; any other code is that of an exit.
std::string ChildResult::crash() const {
  constexpr int kFatal[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGKILL, SIGTRAP, SIGSYS};
  if (std::find(std::begin(kFatal), std::end(kFatal), code) == std::end(kFatal))
    return "ended the process by itself, with code " + std::to_string(code);
  return std::string("crashed (") + strsignal(code) + ")";
}

std::string safely_in_child(const std::string& what, const std::function<std::string()>& work,
                            const ChildLimits& limits) {
  const ChildResult result = in_child(work, limits);
  switch (result.end) {
    case ChildResult::End::returned:
      return result.text;
    case ChildResult::End::timed_out:
      throw DataError(what + ": took too long.");
    case ChildResult::End::crashed:
      throw DataError(what + ": " + result.crash() + ".");
    case ChildResult::End::threw:
      break;
  }
  if (result.code == 1) throw CheckError(result.text);
  if (result.code == 2) throw SpecError(result.text);
  if (result.code == 3) throw PluginError(result.text);
  throw DataError(result.text);
}

}  // namespace saddle
