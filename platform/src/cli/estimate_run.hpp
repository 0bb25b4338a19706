#pragma once

#include "cli/commands.hpp"
#include "experiment/remeasure.hpp"

#include <string>

namespace saddle::cli {

// Measures an old run and prints what was found; `unit` is "nats" or "bits". The exit code is 1
// where a value is not the one that was logged.
void estimate_of_run(const MetricRequest& request, const std::string& unit, bool json,
                     Environment& environment);

}  // namespace saddle::cli
