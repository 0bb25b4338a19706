#pragma once

#include "experiment/experiment.hpp"

#include <memory>
#include <string>
#include <vector>

namespace saddle {

struct RunOptions {
  std::string folder;  // where run.h5 and log.txt go; must not exist unless `overwrite`
  bool overwrite = false;
  std::string command_line;
};

// Trains an experiment and writes its run folder. Returns the exit code: 0, or 130 and 143 where
// SIGINT or SIGTERM ended it. Throws where training cannot go on; the run file is valid then, too.
int run_experiment(std::unique_ptr<Experiment> experiment, const RunOptions& options);

struct ResumeOptions {
  std::string folder;
  std::vector<std::string> overrides;  // as "train.steps=2000"; what else may change is `threads`
  std::string command_line;
};

// Goes on with the run in a folder from its last checkpoint, as if it had never stopped; a run that
// is finished stays so. Throws SpecError, PluginError or DataError where the spec, the host, a
// plugin or the data are not those of the run, and DataError where its files do not allow it.
int resume_run(const ResumeOptions& options, const Catalog& catalog);

}  // namespace saddle
