#include "experiment/sweep.hpp"

#include <saddle/base/error.hpp>

#include "base/log.hpp"
#include "base/program.hpp"
#include "base/text.hpp"
#include "experiment/identity.hpp"
#include "experiment/progress.hpp"
#include "experiment/run_file.hpp"
#include "experiment/signals.hpp"
#include "experiment/spec.hpp"
#include "experiment/sweep_table.hpp"
#include "io/durable.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <thread>
#include <utility>

namespace saddle {
namespace {

namespace fs = std::filesystem;

// A run of the sweep and the process that trains it, if any.
struct Job {
  std::string folder;
  SweepRow row;
  std::vector<std::string> arguments;  // what is left to do; none where it has ended
  std::unique_ptr<Program> program;
};

bool has_result(const std::string& state) {
  return state == "finished" || state == "stopped" || state == "diverged";
}

void add(std::vector<std::string>& arguments, std::initializer_list<std::string> more) {
  arguments.insert(arguments.end(), more);
}

void add_settings(std::vector<std::string>& arguments, const std::vector<std::string>& settings) {
  for (const std::string& setting : settings) add(arguments, {"--set", setting});
}

// How long a spec wants the run, as what a resume may set.
std::vector<std::string> length_of(const Spec& spec) {
  std::vector<std::string> settings = {"threads=" + std::to_string(spec.threads)};
  const TrainSpec& train = spec.train;
  if (train.steps) settings.push_back("train.steps=" + std::to_string(*train.steps));
  if (train.epochs) settings.push_back("train.epochs=" + std::to_string(*train.epochs));
  return settings;
}

// What a run said last, without how it went on.
std::string last_words(const std::string& messages) {
  std::string words;
  for (const std::string& line : split_lines(messages)) {
    const bool goes_on = line.rfind("step ", 0) == 0 || line.rfind("writing ", 0) == 0 ||
                         line.rfind("going on ", 0) == 0;
    words = goes_on ? "" : words + (words.empty() ? "" : "\n") + line;
  }
  return words;
}

// Why a run failed.
std::string reason(const Program& program, int code) {
  const std::string words = last_words(program.messages());
  if (!words.empty()) return words;
  if (code > 128) return std::string("was ended by a signal (") + strsignal(code - 128) + ").";
  return "ended with exit code " + std::to_string(code) + ".";
}

class Sweep {
 public:
  Sweep(const SweepOptions& options, const Catalog& catalog)
      : options_(options), runs_(plan_sweep(options.axes)) {
    for (const SweepRun& run : runs_) {
      std::vector<std::string> overrides = options.overrides;
      overrides.insert(overrides.end(), run.overrides.begin(), run.overrides.end());
      prepare(run, overrides, read_spec(options.spec, catalog, overrides));
    }
  }

  int train() {
    const Signals signals;
    write_table();
    while (start_what_may() || running() > 0) {
      gather_what_ended();
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return Signals::received() != 0 ? 128 + Signals::received() : failure_;
  }

 private:
  // Looks at what a run's folder holds, and decides what is left to do.
  void prepare(const SweepRun& run, const std::vector<std::string>& overrides, const Spec& spec) {
    Job job{options_.folder + "/" + run.folder, {&run, "waiting", std::nullopt}, {}, nullptr};
    const bool has_log = fs::exists(job.folder + "/run.h5");
    for (const std::string& folder : options_.plugin_path)
      add(job.arguments, {"--plugin-path", folder});
    if (has_log && is_done(job, spec)) {
      job.arguments.clear();
      ++done_;
    } else if (has_log || fs::exists(job.folder + "/checkpoint.h5")) {
      add(job.arguments, {"resume", job.folder});
      add_settings(job.arguments, length_of(spec));
    } else {
      add(job.arguments, {"run", options_.spec, "--out", job.folder, "--overwrite"});
      add_settings(job.arguments, overrides);
    }
    jobs_.push_back(std::move(job));
  }

  // Whether the log of a job is that of a run which ended as the spec has it.
  bool is_done(Job& job, const Spec& spec) {
    const std::string log = job.folder + "/run.h5";
    const RunHeader header = read_header(open_run(log), kRunFormat);
    RunSummary summary = summarise_run(log);
    try {
      require_same_spec(header, spec, summary.step);
    } catch (const SpecError& error) {
      throw SpecError(job.folder + ": " + error.what() + " Take another folder with --out.");
    }
    if (header.spec_resolved != spec.resolved || !has_result(summary.state)) return false;
    job.row.state = summary.state;
    job.row.summary = std::move(summary);
    return true;
  }

  std::size_t running() const {
    return static_cast<std::size_t>(std::count_if(
        jobs_.begin(), jobs_.end(), [](const Job& job) { return job.program != nullptr; }));
  }

  // Starts runs where there is room; false where none is left to start.
  bool start_what_may() {
    if (const int signal = Signals::received(); signal != 0) {
      interrupt(signal);
      return false;
    }
    bool left = false;
    std::size_t room = options_.jobs - running();
    for (Job& job : jobs_) {
      if (job.arguments.empty() || job.program) continue;
      left = true;
      if (room == 0) break;
      --room;
      job.program = std::make_unique<Program>(job.arguments);
      job.row.state = "running";
    }
    return left;
  }

  void interrupt(int signal) {
    if (std::exchange(interrupted_, true)) return;
    for (Job& job : jobs_)
      if (job.program) job.program->interrupt(signal);
  }

  void gather_what_ended() {
    for (Job& job : jobs_) {
      const std::optional<int> code = job.program ? job.program->exit_code() : std::nullopt;
      if (!code) continue;
      end(job, *code);
      write_table();
    }
  }

  void end(Job& job, int code) {
    const std::string why = reason(*job.program, code);
    job.program.reset();
    job.arguments.clear();
    const std::string log = job.folder + "/run.h5";
    if (fs::exists(log)) job.row.summary = summarise_run(log);
    const bool logged = job.row.summary && (code == 0 || has_result(job.row.summary->state) ||
                                            job.row.summary->state == "interrupted");
    job.row.state = logged ? job.row.summary->state : "failed";
    ++done_;
    ++ended_;
    log::info(line(job));
    if (logged) return;
    log::error(job.folder + ": " + why);
    if (failure_ == 0) failure_ = code;
  }

  std::string line(const Job& job) const {
    const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
    const auto left = static_cast<double>(jobs_.size() - done_);
    std::string text = "run " + std::to_string(done_) + "/" + std::to_string(jobs_.size()) + "  " +
                       job.row.run->folder + " " + job.row.state;
    if (job.row.summary) text += " at step " + std::to_string(job.row.summary->step);
    return text + ", " + duration_text(left * seconds / static_cast<double>(ended_)) + " left";
  }

  void write_table() const {
    std::vector<SweepRow> rows;
    for (const Job& job : jobs_) rows.push_back(job.row);
    const std::string path = options_.folder + "/sweep.csv", partial = path + ".partial";
    write_durably(partial, {sweep_csv(options_.axes, rows)}, path);
    rename_durably(partial, path);
  }

  using Clock = std::chrono::steady_clock;

  const SweepOptions& options_;
  std::vector<SweepRun> runs_;
  std::vector<Job> jobs_;
  std::size_t done_ = 0, ended_ = 0;  // of all; in this process
  int failure_ = 0;
  bool interrupted_ = false;
  Clock::time_point start_ = Clock::now();
};

}  // namespace

int run_sweep(const SweepOptions& options, const Catalog& catalog) {
  std::error_code error;
  fs::create_directories(options.folder, error);
  if (error) throw DataError(options.folder + ": cannot be made: " + error.message() + ".");
  const FolderLock lock(options.folder);
  return Sweep(options, catalog).train();
}

}  // namespace saddle
