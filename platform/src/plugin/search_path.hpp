#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace saddle {

// The plugins that belong to this host, found from the executable that runs: `plugins` beside it in
// a build tree, <prefix>/lib/[x86_64-linux-gnu/]saddle/plugins where it is installed.
std::string default_plugin_folder();
// The same for an executable in `executable_folder`.
std::string default_plugin_folder(const std::filesystem::path& executable_folder);

// Where plugins are looked for: the folders of --plugin-path, those of the environment variable
// SADDLE_PLUGIN_PATH (colons between them), the default folder.
std::vector<std::string> plugin_search_path(const std::vector<std::string>& from_command_line);

}  // namespace saddle
