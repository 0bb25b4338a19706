#pragma once

#include <chrono>

namespace saddle {

// Decides when rows that wait in memory go to the file: before they are half a second old. It is
// asked once per step and looks one step ahead, expecting it to last as long as the one before, so
// that slow steps are flushed each.
class FlushTimer {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds kInterval{500};

  explicit FlushTimer(Clock::time_point now) : asked_(now), flushed_(now) {}

  bool due(Clock::time_point now) {
    const auto step = now - asked_;
    asked_ = now;
    return now - flushed_ + step >= kInterval;
  }
  void flushed(Clock::time_point now) { flushed_ = now; }

 private:
  Clock::time_point asked_;
  Clock::time_point flushed_;
};

}  // namespace saddle
