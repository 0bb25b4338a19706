#include "experiment/run.hpp"

#include <saddle/base/error.hpp>
#include <saddle/tensor/threads.hpp>

#include "base/log.hpp"
#include "base/machine.hpp"
#include "base/text.hpp"
#include "experiment/provenance.hpp"
#include "experiment/session.hpp"
#include "experiment/signals.hpp"
#include "io/durable.hpp"

#include <filesystem>

namespace saddle {
namespace {

void make_folder(const RunOptions& options) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (fs::exists(options.folder, error) && !options.overwrite)
    throw SpecError(options.folder +
                    ": exists already. Choose another folder with --out, or pass --overwrite.");
  fs::create_directories(options.folder, error);
  if (error) throw DataError(options.folder + ": cannot be made: " + error.message() + ".");
}

RunHeader header_of(const Experiment& experiment, const RunOptions& options) {
  const Spec& spec = experiment.spec;
  return {spec.name,   spec.seed,     now_text(),
          spec.source, spec.resolved, provenance(experiment, options.command_line)};
}

}  // namespace

int run_experiment(std::unique_ptr<Experiment> experiment, const RunOptions& options) {
  make_folder(options);
  const FolderLock lock(options.folder);
  const log::File file(options.folder + "/log.txt", log::File::Mode::anew);
  try {
    set_threads(experiment->spec.threads);
    log::note("command: " + options.command_line);
    const Signals signals;
    const RunHeader header = header_of(*experiment, options);
    Session session(std::move(experiment), header, options.folder);
    session.begin();
    log::info("writing " + options.folder + "/run.h5");
    return session.train();
  } catch (const std::exception& error) {
    log::note(std::string("error: ") + error.what());
    throw;
  }
}

}  // namespace saddle
