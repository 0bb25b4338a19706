#include "experiment/session.hpp"

#include <saddle/base/error.hpp>

#include "base/log.hpp"
#include "base/text.hpp"
#include "experiment/run_file.hpp"
#include "experiment/signals.hpp"

#include <unistd.h>
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <utility>

namespace saddle {
namespace {

namespace fs = std::filesystem;

std::string at_step(std::int64_t step) { return "at step " + std::to_string(step); }

}  // namespace

Session::Session(std::unique_ptr<Experiment> experiment, RunHeader header,
                 const std::string& folder)
    : experiment_(std::move(experiment)),
      header_(std::move(header)),
      log_path_(folder + "/run.h5"),
      store_(folder, experiment_->spec.log.checkpoint.every),
      trainer_(*experiment_),
      progress_(experiment_->steps, isatty(STDERR_FILENO) != 0),
      recorder_(*experiment_, trainer_, [this](const std::string& series, double value) {
        progress_.observe(series, value);
        if (stop_) stop_->observe(series, value);
      }) {
  if (experiment_->spec.train.stop_when) stop_.emplace(*experiment_->spec.train.stop_when);
}

State Session::capture() const {
  State state;
  trainer_.save(state);
  recorder_.save(state);
  state.numbers["rollbacks"] = static_cast<double>(rollbacks_);
  if (stop_) state.numbers["stop-rule/held"] = static_cast<double>(stop_->held());
  return state;
}

void Session::restore(const State& state) {
  trainer_.restore(state);
  recorder_.restore(state);
  rollbacks_ = static_cast<std::int64_t>(state.number("rollbacks"));
  if (stop_) stop_->restore(static_cast<std::int64_t>(state.number("stop-rule/held")));
}

void Session::begin() {
  std::error_code error;
  fs::remove(log_path_, error);
  if (error) throw DataError(log_path_ + ": cannot be replaced: " + error.message() + ".");
  store_.clear();
  store_.write({header_, capture()});
  recorder_.open(log_path_, header_);
}

void Session::go_on(const Checkpoint& checkpoint) {
  restore(checkpoint.state);
  store_.write({header_, capture()});
  if (!fs::exists(log_path_)) return recorder_.open(log_path_, header_);
  continue_log(Event::resumed, committed_step(open_run(log_path_)));
}

void Session::continue_log(Event why, std::int64_t from_step) {
  const hdf5::File log = open_run(log_path_);
  const Past past{log, why, from_step};
  recorder_.open(log_path_, header_, &past);
}

void Session::checkpoint(State state) {
  const std::size_t bytes = state.bytes();
  recorder_.then(
      [this, checkpoint = Checkpoint{header_, std::move(state)}] { store_.write(checkpoint); },
      bytes);
}

void Session::step() {
  const auto start = std::chrono::steady_clock::now();
  trainer_.step();
  recorder_.phases().training +=
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  recorder_.record(false);
  progress_.show(trainer_.steps_done());
}

bool Session::ended() const {
  const std::int64_t done = trainer_.steps_done();
  return done >= experiment_->steps || (done >= goal_.step && rollbacks_ >= goal_.rollbacks) ||
         Signals::received() != 0 || (stop_ && stop_->met());
}

// Each step is committed once. The last checkpoint does not know of the last records, which an
// interrupted run makes only because it ends: a resumed run drops them.
int Session::train_to_end() {
  recorder_.record(false);
  for (const std::int64_t first = trainer_.steps_done(); !ended(); step()) {
    const std::int64_t done = trainer_.steps_done();
    recorder_.commit();
    if (done > first && done % experiment_->spec.log.checkpoint.every == 0) checkpoint(capture());
  }
  const End end = how_it_ended();
  State state = capture();
  recorder_.record(goal_.ends_whole);
  recorder_.event(end.event);
  recorder_.commit();
  checkpoint(std::move(state));
  progress_.finish();
  recorder_.close();
  log::info(end.message);
  return end.exit_code;
}

int Session::train(Goal goal) {
  goal_ = goal;
  try {
    while (true) {
      std::string reason;
      try {
        return train_to_end();
      } catch (const DivergedError& error) {
        if (!may_roll_back()) throw;
        reason = error.what();
      }
      roll_back(reason);
    }
  } catch (const DivergedError&) {
    abandon(Event::diverged);
    throw;
  } catch (...) {
    abandon(Event::failed);
    throw;
  }
}

bool Session::may_roll_back() const {
  const TrainSpec& train = experiment_->spec.train;
  return train.on_divergence == "rollback" && rollbacks_ < train.rollback.times;
}

// The same way as a resume, within the process: from a checkpoint, whose new version says how often
// it served.
void Session::roll_back(const std::string& reason) {
  progress_.finish();
  const std::int64_t diverged = trainer_.steps_done() + 1;
  recorder_.drain();
  const Checkpoint from = store_.latest_scheduled();
  recorder_.close();
  restore(from.state);
  const RollbackSpec& rollback = experiment_->spec.train.rollback;
  trainer_.scale_rates(rollback.factor);
  ++rollbacks_;
  log::warn(reason + " Going back to step " + std::to_string(from.state.step) +
            ", learning rates times " + number_text(trainer_.rate_scale()) + " (" +
            std::to_string(rollbacks_) + " of " + std::to_string(rollback.times) + ").");
  store_.write({header_, capture()});
  continue_log(Event::rolled_back, diverged);
}

Session::End Session::how_it_ended() const {
  const std::string step = at_step(trainer_.steps_done());
  if (const int signal = Signals::received(); signal != 0)
    return {Event::interrupted, "interrupted " + step, 128 + signal};
  if (stop_ && stop_->met()) return {Event::stopped, "stopped " + step + ": " + stop_->reason(), 0};
  return {Event::finished, "finished " + step, 0};
}

// What was logged stays readable, whatever happened.
void Session::abandon(Event event) noexcept {
  try {
    progress_.finish();
    recorder_.abandon(event);
  } catch (...) {
  }
}

}  // namespace saddle
