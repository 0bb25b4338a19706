#include "experiment/plugin_check/time.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

namespace saddle::plugin_check {

std::string median_time(const std::function<void()>& call) {
  constexpr std::size_t kCalls = 5;
  call();
  std::vector<double> milliseconds;
  for (std::size_t i = 0; i < kCalls; ++i) {
    const auto start = std::chrono::steady_clock::now();
    call();
    milliseconds.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
            .count());
  }
  std::sort(milliseconds.begin(), milliseconds.end());
  const double median = milliseconds[kCalls / 2];
  char text[32];
  std::snprintf(text, sizeof text, median < 1 ? "%.0f us" : "%.1f ms",
                median < 1 ? 1000 * median : median);
  return text;
}

}  // namespace saddle::plugin_check
