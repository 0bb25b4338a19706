#pragma once

#include "experiment/experiment.hpp"
#include "experiment/run_header.hpp"

#include <string>

namespace saddle {

// What made this run: host build, libraries and the kernels that they chose, processor, plugins
// with build and sha256, data. Paths below /provenance and their values.
Facts provenance(const Experiment& experiment, const std::string& command_line);

}  // namespace saddle
