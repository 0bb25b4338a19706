#pragma once

#include "experiment/sweep_plan.hpp"
#include "plugin/catalog.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace saddle {

struct SweepOptions {
  std::string spec;
  std::vector<std::string> overrides;  // of every run, as "train.steps=100"
  std::vector<SweepAxis> axes;
  std::string folder;  // of the sweep; each run has one below it
  std::size_t jobs;    // runs at the same time
  std::vector<std::string> plugin_path;
};

// Trains every combination, each run in a process of its own, so that a crash is one row of the
// table. Runs that ended are kept, those that were interrupted, killed or are to be longer go on;
// after each end <folder>/sweep.csv is written anew. A signal interrupts all of them, and the same
// call goes on later. Returns 0 where every run came to its end, or diverged, which is a result;
// 130 and 143 where a signal ended the sweep; else the exit code of the first run that failed.
// Throws SpecError before any run where a spec has mistakes, or where a folder holds a run of
// another spec; DataError where the folder cannot be used.
int run_sweep(const SweepOptions& options, const Catalog& catalog);

}  // namespace saddle
