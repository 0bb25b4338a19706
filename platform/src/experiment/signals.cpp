#include "experiment/signals.hpp"

#include <atomic>
#include <cassert>

namespace saddle {
namespace {

std::atomic<int> received_signal{0};
static_assert(std::atomic<int>::is_always_lock_free, "a handler sets it");

// The system saves all vector registers there, too.
constexpr std::size_t kStackBytes = std::size_t{64} << 10;

}  // namespace

Signals::Signals() : stack_(std::make_unique<std::byte[]>(kStackBytes)) {
  received_signal = 0;
  stack_t stack{};
  stack.ss_sp = stack_.get();
  stack.ss_size = kStackBytes;
  [[maybe_unused]] const int failed = sigaltstack(&stack, &stack_before_);
  assert(failed == 0);
  struct sigaction action {};
  action.sa_handler = [](int signal) { received_signal = signal; };
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_ONSTACK);
  sigaction(SIGINT, &action, &before_[0]);
  sigaction(SIGTERM, &action, &before_[1]);
}

Signals::~Signals() {
  sigaction(SIGINT, &before_[0], nullptr);
  sigaction(SIGTERM, &before_[1], nullptr);
  sigaltstack(&stack_before_, nullptr);
}

int Signals::received() { return received_signal; }

}  // namespace saddle
