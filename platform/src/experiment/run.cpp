#include "experiment/run.hpp"

#include <saddle/base/error.hpp>
#include <saddle/tensor/threads.hpp>

#include "base/log.hpp"
#include "base/text.hpp"
#include "experiment/progress.hpp"
#include "experiment/provenance.hpp"
#include "experiment/recorder.hpp"
#include "experiment/stop_rule.hpp"

#include <signal.h>
#include <unistd.h>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <optional>

namespace saddle {
namespace {

volatile sig_atomic_t received_signal = 0;

// Takes SIGINT and SIGTERM while it lives; a second one ends the process as usual.
class Signals {
 public:
  Signals() {
    received_signal = 0;
    struct sigaction action {};
    action.sa_handler = [](int signal) { received_signal = signal; };
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(SIGINT, &action, &before_[0]);
    sigaction(SIGTERM, &action, &before_[1]);
  }
  ~Signals() {
    sigaction(SIGINT, &before_[0], nullptr);
    sigaction(SIGTERM, &before_[1], nullptr);
  }
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

 private:
  struct sigaction before_[2];
};

void make_folder(const RunOptions& options) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (fs::exists(options.folder, error) && !options.overwrite)
    throw SpecError(options.folder +
                    ": exists already. Choose another folder with --out, or pass --overwrite.");
  fs::create_directories(options.folder, error);
  if (error) throw DataError(options.folder + ": cannot be made: " + error.message() + ".");
}

std::string now_text() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text;
}

// One run from its first to its last step.
class Run {
 public:
  Run(std::unique_ptr<Experiment> experiment, const RunOptions& options)
      : experiment_(std::move(experiment)),
        trainer_(*experiment_),
        progress_(experiment_->steps, isatty(STDERR_FILENO) != 0) {
    const Spec& spec = experiment_->spec;
    if (spec.train.stop_when) stop_.emplace(*spec.train.stop_when);
    const RunHeader header{spec.name,     spec.seed,
                           now_text(),    spec.source,
                           spec.resolved, provenance(*experiment_, options.command_line)};
    recorder_.emplace(options.folder + "/run.h5", header, *experiment_, trainer_,
                      [this](const std::string& series, double value) {
                        progress_.observe(series, value);
                        if (stop_) stop_->observe(series, value);
                      });
  }

  int train() {
    try {
      recorder_->record(false);
      while (!ended()) {
        const auto start = std::chrono::steady_clock::now();
        trainer_.step();
        recorder_->phases().training +=
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        recorder_->record(false);
        progress_.show(trainer_.steps_done());
      }
      recorder_->record(true);
      return finish();
    } catch (const DivergedError&) {
      abandon(Event::diverged);
      throw;
    } catch (...) {
      abandon(Event::failed);
      throw;
    }
  }

 private:
  bool ended() const {
    return trainer_.steps_done() >= experiment_->steps || received_signal != 0 ||
           (stop_ && stop_->met());
  }

  int finish() {
    progress_.finish();
    const std::int64_t step = trainer_.steps_done();
    const bool by_rule = stop_ && stop_->met();
    Event end = Event::finished;
    std::string message = "finished at step " + std::to_string(step);
    if (received_signal != 0) {
      end = Event::interrupted;
      message = "interrupted at step " + std::to_string(step);
    } else if (by_rule) {
      end = Event::stopped;
      message = "stopped at step " + std::to_string(step) + ": " + stop_->reason();
    }
    recorder_->event(end);
    recorder_->close();
    log::info(message);
    return received_signal == 0 ? 0 : 128 + received_signal;
  }

  // What was logged stays readable, whatever happened.
  void abandon(Event event) noexcept {
    try {
      progress_.finish();
      recorder_->event(event);
      recorder_->close();
    } catch (...) {
    }
  }

  std::unique_ptr<Experiment> experiment_;
  Trainer trainer_;
  Progress progress_;
  std::optional<StopRule> stop_;
  std::optional<Recorder> recorder_;
};

}  // namespace

int run_experiment(std::unique_ptr<Experiment> experiment, const RunOptions& options) {
  make_folder(options);
  const log::File file(options.folder + "/log.txt");
  try {
    set_threads(experiment->spec.threads);
    log::note("command: " + options.command_line);
    const Signals signals;
    Run run(std::move(experiment), options);
    log::info("writing " + options.folder + "/run.h5");
    return run.train();
  } catch (const std::exception& error) {
    log::note(std::string("error: ") + error.what());
    throw;
  }
}

}  // namespace saddle
