#pragma once

#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

namespace saddle {

// The plugins that belong to this host, found from the executable that runs: `plugins` beside it in
// a build tree, <prefix>/lib/[x86_64-linux-gnu/]saddle/plugins where it is installed.
std::string default_plugin_folder();
// The same for an executable in `executable_folder`.
std::string default_plugin_folder(const std::filesystem::path& executable_folder);

// Where plugins are looked for: the folders of --plugin-path, those of the environment variable
// SADDLE_PLUGIN_PATH (colons between them), the default folder.
std::vector<std::string> plugin_folders(const std::vector<std::string>& from_command_line);
// The same, for commands that do not print the problems of a catalog: warns of folders of the
// command line that cannot be searched. Those of the environment may be meant for other machines.
std::vector<std::string> plugin_search_path(const std::vector<std::string>& from_command_line);

// Says that a folder of the search path cannot be searched, and why.
std::string unsearchable_message(const std::string& folder, const std::error_code& error);

}  // namespace saddle
