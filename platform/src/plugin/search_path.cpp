#include "plugin/search_path.hpp"

#include "base/log.hpp"

#include <cstdlib>
#include <set>
#include <sstream>

namespace saddle {

namespace fs = std::filesystem;

std::string default_plugin_folder() {
  std::error_code error;
  return default_plugin_folder(fs::read_symlink("/proc/self/exe", error).parent_path());
}

std::string default_plugin_folder(const fs::path& executable_folder) {
  const fs::path beside = executable_folder / "plugins";
  const fs::path prefix = executable_folder.parent_path();
  const fs::path installed = prefix / "lib" / "saddle" / "plugins";
  const fs::path multiarch = prefix / "lib" / "x86_64-linux-gnu" / "saddle" / "plugins";
  std::error_code error;
  for (const fs::path& folder : {beside, installed, multiarch}) {
    if (fs::is_directory(folder, error)) return folder.string();
  }
  // None is there: name the one that is meant.
  return (executable_folder.filename() == "bin" ? installed : beside).string();
}

std::vector<std::string> plugin_folders(const std::vector<std::string>& from_command_line) {
  std::vector<std::string> folders = from_command_line;
  const char* const variable = std::getenv("SADDLE_PLUGIN_PATH");
  std::istringstream entries(variable == nullptr ? "" : variable);
  for (std::string entry; std::getline(entries, entry, ':');) {
    if (!entry.empty()) folders.push_back(entry);
  }
  folders.push_back(default_plugin_folder());
  return folders;
}

std::vector<std::string> plugin_search_path(const std::vector<std::string>& from_command_line) {
  for (const std::string& folder :
       std::set<std::string>(from_command_line.begin(), from_command_line.end())) {
    std::error_code error;
    fs::directory_iterator(folder, error);
    if (error) log::warn(unsearchable_message(folder, error));
  }
  return plugin_folders(from_command_line);
}

std::string unsearchable_message(const std::string& folder, const std::error_code& error) {
  return folder + " cannot be searched for plugins: " + error.message() +
         ". It stands on the plugin search path.";
}

}  // namespace saddle
