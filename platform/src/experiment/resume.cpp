#include <saddle/base/error.hpp>
#include <saddle/tensor/threads.hpp>

#include "base/log.hpp"
#include "base/machine.hpp"
#include "base/text.hpp"
#include "experiment/identity.hpp"
#include "experiment/provenance.hpp"
#include "experiment/run.hpp"
#include "experiment/run_file.hpp"
#include "experiment/session.hpp"
#include "experiment/signals.hpp"
#include "experiment/stored_run.hpp"
#include "io/durable.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>

namespace saddle {
namespace {

namespace fs = std::filesystem;

// How far the log of a run has come.
struct LogEnd {
  std::int64_t step = 0;
  std::optional<Event> event;
  bool closed = false;
};

LogEnd log_end(const std::string& path) {
  if (!fs::exists(path)) return {};
  const bool closed = was_closed(path);
  const hdf5::File log = open_run(path);
  return {std::max<std::int64_t>(committed_step(log), 0), last_event(log), closed};
}

Checkpoint find_checkpoint(const std::string& folder, const LogEnd& log) {
  const bool has_log = fs::exists(folder + "/run.h5");
  try {
    return CheckpointStore(folder, 1).latest(log.step);
  } catch (const DataError& error) {
    if (has_log || !fs::exists(folder + "/checkpoint.h5")) throw;
    throw DataError(folder + "/run.h5: is missing, and without it the run could only begin anew.");
  }
}

// Notes in the provenance what was changed. That the run went on is an event.
void add_changes(RunHeader& header, const ResumeOptions& options, std::int64_t step) {
  if (options.overrides.empty()) return;
  std::size_t number = 1;
  const auto at = [&](const char* what) {
    return "resumes/" + std::to_string(number) + "/" + what;
  };
  while (!fact_text(header.provenance, at("set")).empty()) ++number;
  header.provenance.emplace_back(at("set"), join(options.overrides, "\n"));
  header.provenance.emplace_back(at("command_line"), options.command_line);
  header.provenance.emplace_back(at("time"), now_text());
  header.provenance.emplace_back(at("step"), step);
}

// A log that was not closed is written again from the last checkpoint, and closed.
bool is_done(const LogEnd& log, const Experiment& experiment) {
  if (!log.closed) return false;
  if (log.event == Event::finished) return experiment.steps <= log.step;
  return log.event == Event::stopped;
}

int go_on(std::unique_ptr<Experiment> experiment, const Checkpoint& checkpoint,
          const ResumeOptions& options) {
  RunHeader header = checkpoint.header;
  header.spec_resolved = experiment->spec.resolved;
  add_changes(header, options, checkpoint.state.step);
  set_threads(experiment->spec.threads);
  const Signals signals;
  Session session(std::move(experiment), std::move(header), options.folder);
  session.go_on(checkpoint);
  log::info("going on with " + options.folder + "/run.h5 from step " +
            std::to_string(checkpoint.state.step));
  return session.train();
}

}  // namespace

int resume_run(const ResumeOptions& options, const Catalog& catalog) {
  if (!fs::is_directory(options.folder))
    throw DataError(options.folder + ": expected the folder of a run, found none.");
  const FolderLock lock(options.folder);
  const LogEnd log = log_end(options.folder + "/run.h5");
  const Checkpoint checkpoint = find_checkpoint(options.folder, log);
  const log::File file(options.folder + "/log.txt", log::File::Mode::append);
  try {
    log::note("command: " + options.command_line);
    Spec spec = spec_again(stored_spec(checkpoint.header, options.folder + "/checkpoint.h5: spec"),
                           checkpoint.header.provenance, catalog, options.overrides);
    require_same_spec(checkpoint.header, spec, checkpoint.state.step);
    // Its weights are in the checkpoint.
    spec.train.init_from.reset();
    auto experiment = make_experiment(std::move(spec), catalog);
    require_same_parts(checkpoint.header, provenance(*experiment, options.command_line));
    if (is_done(log, *experiment)) {
      const std::string step = std::to_string(log.step);
      log::info(log.event == Event::stopped
                    ? "stopped already at step " + step + ", where train.stop_when was met."
                    : "finished already at step " + step + "; --set train." +
                          (experiment->spec.train.epochs ? "epochs" : "steps") + "=N goes on.");
      return 0;
    }
    warn_of_length(checkpoint.header, experiment->spec);
    return go_on(std::move(experiment), checkpoint, options);
  } catch (const std::exception& error) {
    log::note(std::string("error: ") + error.what());
    throw;
  }
}

}  // namespace saddle
