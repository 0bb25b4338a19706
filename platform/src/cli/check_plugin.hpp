#pragma once

#include "experiment/plugin_check.hpp"

#include <string>

namespace saddle::cli {

// `check --plugin`: prints a table, or one JSON object. Throws CheckError where a check failed and
// PluginError where the library cannot be used here.
void check_plugin(const std::string& path, const PluginCheckSettings& settings, bool json);

}  // namespace saddle::cli
