#pragma once

#include "experiment/experiment.hpp"

#include <memory>
#include <string>

namespace saddle {

struct RunOptions {
  std::string folder;  // where run.h5 and log.txt go; must not exist unless `overwrite`
  bool overwrite = false;
  std::string command_line;
};

// Trains an experiment and writes its run folder. Returns the exit code: 0, or 130 and 143 where
// SIGINT or SIGTERM ended it. Throws where training cannot go on; the run file is valid then, too.
int run_experiment(std::unique_ptr<Experiment> experiment, const RunOptions& options);

}  // namespace saddle
