#include "experiment/signals.hpp"

#include <atomic>

namespace saddle {
namespace {

std::atomic<int> received_signal{0};
static_assert(std::atomic<int>::is_always_lock_free, "a handler sets it");

}  // namespace

Signals::Signals() {
  received_signal = 0;
  struct sigaction action {};
  action.sa_handler = [](int signal) { received_signal = signal; };
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, &before_[0]);
  sigaction(SIGTERM, &action, &before_[1]);
}

Signals::~Signals() {
  sigaction(SIGINT, &before_[0], nullptr);
  sigaction(SIGTERM, &before_[1], nullptr);
}

int Signals::received() { return received_signal; }

}  // namespace saddle
