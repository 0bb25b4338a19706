#include "experiment/sweep.hpp"

#include <saddle/base/error.hpp>

#include "base/child_process.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "experiment/experiment.hpp"
#include "experiment/progress.hpp"
#include "experiment/signals.hpp"
#include "experiment/sweep_job.hpp"
#include "io/durable.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <set>
#include <thread>
#include <utility>

namespace saddle {
namespace {

// What a spec names fits together: found out in a child process, where a plugin may crash. Other
// failures than those of the spec are left to the run, as rows of the table.
void check_whole(const std::string& path, const Catalog& catalog,
                 const std::vector<std::string>& overrides) {
  const ChildResult result = in_child([&] {
    make_experiment(read_spec(path, catalog, overrides), catalog);
    return std::string();
  });
  if (result.end == ChildResult::End::threw && result.code == 2) throw SpecError(result.text);
}

class Sweep {
 public:
  Sweep(const SweepOptions& options, const Catalog& catalog)
      : options_(options), runs_(plan_sweep(options.axes)) {
    for (const std::string& folder : options.plugin_path)
      global_.insert(global_.end(), {"--plugin-path", folder});
    for (const SweepRun& run : runs_) add_job(run, catalog);
    if (!mistakes_.empty()) throw SpecError(join(mistakes_, "\n"));
    done_ = count([](const SweepJob& job) { return !job.is_waiting(); });
    check_new_ones(catalog);
  }

  int train() {
    const Signals signals;
    write_table();
    try {
      train_all();
    } catch (...) {
      // Theirs are whole runs, which go on later.
      interrupt(SIGTERM);
      while (running() > 0) {
        for (SweepJob& job : jobs_)
          if (job.is_running()) job.end(true);
        pause();
      }
      throw;
    }
    if (Signals::received() == 0) return failure_;
    log::info("interrupted; the same command goes on");
    return 128 + Signals::received();
  }

 private:
  std::vector<std::string> overrides_of(const SweepRun& run) const {
    std::vector<std::string> overrides = options_.overrides;
    overrides.insert(overrides.end(), run.overrides.begin(), run.overrides.end());
    return overrides;
  }

  // Keeps the mistakes of its spec, each once, as the user wrote what is wrong.
  void add_job(const SweepRun& run, const Catalog& catalog) {
    try {
      jobs_.emplace_back(run, options_.folder + "/" + run.folder,
                         read_spec(options_.spec, catalog, overrides_of(run)));
    } catch (const SpecError& error) {
      std::string text = error.what();
      for (const std::string& setting : run.overrides) {
        const std::string as_set = "--set " + setting + ":";
        for (std::size_t at = 0; (at = text.find(as_set, at)) != std::string::npos;)
          text.replace(at, 5, "--vary");
      }
      if (std::find(mistakes_.begin(), mistakes_.end(), text) == mistakes_.end())
        mistakes_.push_back(text);
    }
  }

  // One of those that differ in the seed alone, where they are to begin.
  void check_new_ones(const Catalog& catalog) const {
    std::set<std::vector<std::string>> checked;
    for (const SweepJob& job : jobs_) {
      std::vector<std::string> settings;
      for (const std::string& setting : job.row().run->overrides)
        if (setting.rfind("seed=", 0) != 0) settings.push_back(setting);
      if (job.begins_anew() && checked.insert(settings).second)
        check_whole(options_.spec, catalog, overrides_of(*job.row().run));
    }
  }

  template <class Condition>
  std::size_t count(const Condition& condition) const {
    return static_cast<std::size_t>(std::count_if(jobs_.begin(), jobs_.end(), condition));
  }
  std::size_t running() const {
    return count([](const SweepJob& job) { return job.is_running(); });
  }
  static void pause() { std::this_thread::sleep_for(std::chrono::milliseconds(20)); }

  void train_all() {
    while (true) {
      if (const int signal = Signals::received(); signal != 0)
        interrupt(signal);
      else
        start_what_may();
      if (running() == 0) return;
      gather_what_ended();
      pause();
    }
  }

  void start_what_may() {
    std::size_t room = options_.jobs - running();
    bool started = false;
    for (SweepJob& job : jobs_) {
      if (room == 0) break;
      if (!job.is_waiting()) continue;
      job.start(options_.spec, global_, overrides_of(*job.row().run));
      --room;
      started = true;
    }
    if (started) write_table();
  }

  void interrupt(int signal) {
    if (std::exchange(interrupted_, true)) return;
    for (SweepJob& job : jobs_)
      if (job.is_running()) job.interrupt(signal);
  }

  void gather_what_ended() {
    for (SweepJob& job : jobs_) {
      if (!job.is_running()) continue;
      const std::optional<SweepJob::End> end = job.end(interrupted_);
      if (!end) continue;
      tell(job, *end);
      write_table();
    }
  }

  void tell(const SweepJob& job, const SweepJob::End& end) {
    if (!end.warnings.empty()) log::info(job.folder() + ": " + end.warnings);
    if (job.has_result() || job.row().state == "failed") ++done_;
    ++ended_;
    log::info(line(job));
    if (end.why.empty()) return;
    log::error(job.folder() + ": " + end.why);
    if (failure_ == 0) failure_ = end.exit_code == 0 ? 4 : end.exit_code;
  }

  std::string line(const SweepJob& job) const {
    const SweepRow& row = job.row();
    std::string text = "run " + std::to_string(done_) + "/" + std::to_string(jobs_.size()) + "  " +
                       row.run->folder + " " + row.state;
    if (row.summary) text += " at step " + std::to_string(row.summary->step);
    if (interrupted_) return text;
    const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
    const auto left = static_cast<double>(jobs_.size() - done_);
    return text + ", " + duration_text(left * seconds / static_cast<double>(ended_)) + " left";
  }

  void write_table() const {
    std::vector<SweepRow> rows;
    for (const SweepJob& job : jobs_) rows.push_back(job.row());
    replace_durably(options_.folder + "/sweep.csv", {sweep_csv(options_.axes, rows)});
  }

  using Clock = std::chrono::steady_clock;

  const SweepOptions& options_;
  std::vector<SweepRun> runs_;
  std::vector<std::string> global_;  // before the command
  std::vector<SweepJob> jobs_;
  std::vector<std::string> mistakes_;
  std::size_t done_ = 0, ended_ = 0;  // with a result or a failure; in this process
  int failure_ = 0;
  bool interrupted_ = false;
  Clock::time_point start_ = Clock::now();
};

}  // namespace

int run_sweep(const SweepOptions& options, const Catalog& catalog) {
  namespace fs = std::filesystem;
  std::error_code error;
  fs::create_directories(options.folder, error);
  if (error) throw DataError(options.folder + ": cannot be made: " + error.message() + ".");
  const FolderLock lock(options.folder);
  return Sweep(options, catalog).train();
}

}  // namespace saddle
