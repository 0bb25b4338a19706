#include "experiment/progress.hpp"

#include "base/log.hpp"
#include "base/short_number.hpp"

#include <cstdio>
#include <string>
#include <utility>

namespace saddle {

std::string duration_text(double seconds) {
  const auto whole = static_cast<long long>(seconds + 0.5);
  char text[48];
  if (whole >= 3600)
    std::snprintf(text, sizeof text, "%lld:%02lld:%02lld", whole / 3600, whole / 60 % 60,
                  whole % 60);
  else
    std::snprintf(text, sizeof text, "%lld:%02lld", whole / 60, whole % 60);
  return text;
}

Progress::Progress(std::int64_t steps, bool terminal, std::string what)
    : steps_(steps),
      terminal_(terminal),
      what_(std::move(what)),
      start_(Clock::now()),
      shown_(start_) {}

Progress::~Progress() { finish(); }

void Progress::observe(const std::string& series, double value) {
  if (series == "discriminator" || series == "generator") losses_[series] = value;
  const bool of_player = series.rfind("players/", 0) == 0;
  if (series.find('/') != std::string::npos && !of_player) metrics_[series] = value;
}

std::string Progress::line(std::int64_t step) const {
  const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
  const double rate = static_cast<double>(taken_) / seconds;
  std::string text = what_ + " " + std::to_string(step) + "/" + std::to_string(steps_) + "  " +
                     short_number(rate) + " " + what_ + "s/s  " +
                     duration_text(static_cast<double>(steps_ - step) / rate) + " left";
  for (const auto& [name, value] : losses_) text += "  " + name + " " + short_number(value);
  for (const auto& [name, value] : metrics_) text += "  " + name + " " + short_number(value);
  return text;
}

void Progress::show(std::int64_t step, std::int64_t taken) {
  constexpr std::chrono::milliseconds kOnTerminal{200}, kElsewhere{10000};
  taken_ += taken;
  const Clock::time_point now = Clock::now();
  if (now - shown_ < (terminal_ ? kOnTerminal : kElsewhere)) return;
  shown_ = now;
  if (!terminal_) return log::info(line(step));
  constexpr std::size_t kWidth = 160;
  std::fprintf(stderr, "\r\033[K%s", line(step).substr(0, kWidth).c_str());
  std::fflush(stderr);
  open_ = true;
}

void Progress::finish() {
  if (open_) std::fputc('\n', stderr);
  open_ = false;
}

}  // namespace saddle
