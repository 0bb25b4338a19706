#include "report/watch.hpp"

#include "base/child_process.hpp"
#include "base/short_number.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/run_argument.hpp"
#include "experiment/progress.hpp"
#include "experiment/run_file.hpp"

#include <CLI/CLI.hpp>

#include <sys/ioctl.h>
#include <unistd.h>
#include <algorithm>
#include <chrono>
#include <iostream>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace saddle::cli {
namespace {

using Clock = std::chrono::steady_clock;

struct Arguments {
  std::string file;
  double every = 1;
};

// "step 1200/25000, running, 850 steps/s, 0:28 left".
class Pace {
 public:
  std::string line(const Glance& glance) {
    const Clock::time_point now = Clock::now();
    if (!first_) first_ = {glance.step, now};
    std::string text = "step " + std::to_string(glance.step);
    if (glance.steps) text += "/" + std::to_string(*glance.steps);
    text += ", " + glance.state;
    const double seconds = std::chrono::duration<double>(now - first_->second).count();
    const double rate = static_cast<double>(glance.step - first_->first) / seconds;
    if (glance.state != "running" || !(rate > 0)) return text;
    text += ", " + short_number(rate) + " steps/s";
    if (glance.steps)
      text +=
          ", " + duration_text(static_cast<double>(*glance.steps - glance.step) / rate) + " left";
    return text;
  }

 private:
  // The step and the time when it was looked at first.
  std::optional<std::pair<std::int64_t, Clock::time_point>> first_;
};

// A damaged file may end the process that reads it: a child tries first.
Glance look(const std::string& file) {
  const auto try_it = [&] {
    glance_at(file);
    return std::string();
  };
  safely_in_child(file, try_it, limits_for({file}));
  return glance_at(file);
}

// As much of a text as a terminal shows, so that its first line stays.
std::string fitting(const std::string& text) {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row < 2) return text;
  std::vector<std::string> lines = split_lines(text);
  lines.resize(std::min<std::size_t>(lines.size(), size.ws_row - 1U));
  std::string out;
  for (const std::string& line : lines) out += first_characters(line, size.ws_col) + "\n";
  return out;
}

void watch(const Arguments& arguments) {
  const bool terminal = isatty(STDOUT_FILENO) != 0;
  Pace pace;
  std::string shown;
  while (true) {
    const Glance glance = look(arguments.file);
    const std::string line = pace.line(glance);
    if (terminal)
      // From the corner on, and nothing of before below.
      std::cout << "\033[H\033[2J" << fitting(glance.head + "\n" + line + "\n\n" + glance.curves);
    else if (line != shown)
      std::cout << line << "\n";
    std::cout.flush();
    shown = line;
    if (glance.state != "running") break;
    std::this_thread::sleep_for(std::chrono::duration<double>(arguments.every));
  }
  if (!terminal) std::cout << look(arguments.file).curves;
}

}  // namespace

void add_watch(CLI::App& app, Environment&) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "watch", "Show a run while it goes: pace, time left, and the course of every series.");
  add_run_argument(*command, arguments->file);
  command->add_option("--every", arguments->every, "seconds between two looks; 1 by default")
      ->check(CLI::Range(0.05, 86400.0));
  command->callback([arguments] { watch(*arguments); });
}

}  // namespace saddle::cli
