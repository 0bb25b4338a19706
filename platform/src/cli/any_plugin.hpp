#pragma once

#include "plugin/registry.hpp"

#include <string>
#include <vector>

namespace saddle::cli {

// A plugin of any kind, opened, with what its options are.
struct AnyPlugin {
  PluginNote note;
  const Schema* schema;
};

const std::vector<std::string>& plugin_kinds();
// Opens the plugin's library. Throws PluginError.
AnyPlugin open_any(const PluginNote& note);

}  // namespace saddle::cli
