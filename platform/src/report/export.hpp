#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace saddle {

struct ExportOptions {
  std::string run;                   // its file
  std::string folder;                // made where there is none
  std::optional<std::int64_t> step;  // of the weights; by default the last that the run kept
  bool best = false;                 // instead, those with the best value of log.best
};

// Writes what other programs want of a run, up to its last committed step: for each table of series
// <table>.csv with a column `step` and one for each series (NaN is empty), and for each player
// <player>.safetensors with its weights, as they are laid out here (linear [in, out], convolutions
// by height, width, in, out). Returns the names of the files. Throws DataError where the run has no
// such weights, or a file cannot be written.
std::vector<std::string> export_run(const ExportOptions& options);

}  // namespace saddle
