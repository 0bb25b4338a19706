#pragma once

#include <saddle/plugin/build_id.hpp>

#include <string>
#include <vector>

namespace saddle {

// What a library says about one of its plugins.
struct PluginNote {
  std::string path;  // of the library, as it was asked for
  std::string kind;
  std::string name;
  std::string doc;
  std::string symbol;  // of the factory
  BuildId build;       // every text ends within its field and is printable
};

// All plugins of a library, by kind and name, without mapping or running it; at least one.
// Throws PluginError where the file is no whole library of plugins that this host can read. Whether
// it was built for this host is another question: see build_check.hpp.
std::vector<PluginNote> read_notes(const std::string& path);

}  // namespace saddle
