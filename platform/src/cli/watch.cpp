#include "report/watch.hpp"

#include "cli/commands.hpp"
#include "experiment/progress.hpp"

#include <CLI/CLI.hpp>

#include <unistd.h>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <optional>
#include <thread>

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
    char pace[48];
    std::snprintf(pace, sizeof pace, ", %.4g steps/s", rate);
    text += pace;
    if (glance.steps)
      text +=
          ", " + duration_text(static_cast<double>(*glance.steps - glance.step) / rate) + " left";
    return text;
  }

 private:
  // The step and the time when it was looked at first.
  std::optional<std::pair<std::int64_t, Clock::time_point>> first_;
};

void watch(const Arguments& arguments) {
  const bool terminal = isatty(STDOUT_FILENO) != 0;
  Pace pace;
  std::string shown;
  while (true) {
    const Glance glance = glance_at(arguments.file);
    const std::string line = pace.line(glance);
    if (terminal)
      // From the corner on, and nothing of before below.
      std::cout << "\033[H\033[2J" << glance.head << "\n" << line << "\n\n" << glance.curves;
    else if (line != shown)
      std::cout << line << "\n";
    std::cout.flush();
    shown = line;
    if (glance.state != "running") break;
    std::this_thread::sleep_for(std::chrono::duration<double>(arguments.every));
  }
  if (!terminal) std::cout << glance_at(arguments.file).curves;
}

}  // namespace

void add_watch(CLI::App& app, Environment&) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "watch", "Show a run while it goes: pace, time left, and the course of every series.");
  command->add_option("RUN", arguments->file, "the run.h5 of a run")->required();
  command->add_option("--every", arguments->every, "seconds between two looks; 1 by default")
      ->check(CLI::Range(0.05, 86400.0));
  command->callback([arguments] { watch(*arguments); });
}

}  // namespace saddle::cli
