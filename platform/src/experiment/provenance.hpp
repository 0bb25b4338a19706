#pragma once

#include "experiment/experiment.hpp"
#include "io/hdf5.hpp"

#include <string>
#include <utility>
#include <vector>

namespace saddle {

// What made this run: host build, libraries and the kernels that they chose, processor, plugins
// with build and sha256, data. Paths below /provenance and their values.
std::vector<std::pair<std::string, hdf5::Scalar>> provenance(const Experiment& experiment,
                                                             const std::string& command_line);

}  // namespace saddle
