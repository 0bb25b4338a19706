#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>

namespace saddle {

// "1:02:03" or "2:03".
std::string duration_text(double seconds);

// Tells the user how a run goes: a line that is rewritten on a terminal, a plain line now and then
// elsewhere.
class Progress {
 public:
  // `what` is done so many times.
  Progress(std::int64_t steps, bool terminal, std::string what = "step");
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // Remembers a recorded value.
  void observe(const std::string& series, double value);
  // Called after every step, or so many; shows something where it is time.
  void show(std::int64_t step, std::int64_t taken = 1);
  // What it shows: the rate is that of the steps since it was made, where a resumed run went on.
  std::string line(std::int64_t step) const;
  // Ends the line.
  void finish();

 private:
  using Clock = std::chrono::steady_clock;

  std::int64_t steps_, taken_ = 0;
  bool terminal_;
  std::string what_;
  bool open_ = false;
  Clock::time_point start_, shown_;
  std::map<std::string, double> losses_, metrics_;
};

}  // namespace saddle
