#pragma once

#include "plugin/elf_note.hpp"

#include <string>
#include <vector>

namespace saddle {

// A file or folder of the search path that cannot be used, and why; the message names it.
struct PluginProblem {
  std::string path;
  std::string message;
};

// Libraries that hold a plugin of one kind and name, so that the name means none of them.
struct PluginTwins {
  std::string kind, name;
  std::vector<std::string> paths;  // two or more
  std::string message() const;
};

// The plugins in a list of folders, from the notes of the libraries (*.so): none is opened.
class Catalog {
 public:
  // Never throws for what stands in the folders: what is not usable becomes a problem.
  explicit Catalog(std::vector<std::string> folders);

  // Plugins that this host can open, by folder, then file name. A file that is reached through two
  // folders stands here once.
  const std::vector<PluginNote>& plugins() const { return plugins_; }
  const std::vector<PluginProblem>& problems() const { return problems_; }
  const std::vector<std::string>& folders() const { return folders_; }
  // By kind, then name. Plugins of another host count, as they do for find.
  std::vector<PluginTwins> twins() const;
  // The libraries that hold a plugin of this kind and name, those of another host last.
  std::vector<std::string> libraries_of(const std::string& kind, const std::string& name) const;

  // The plugin that a spec's `plugin: value` means: a name, or with a '/' the file of a library,
  // absolute or relative to `base_folder`, that holds one plugin of this kind.
  // Throws PluginError for a name that is unknown, of other kinds, found twice or built for another
  // host, and for a file that is no usable library or holds none or several of this kind.
  PluginNote find(const std::string& kind, const std::string& value,
                  const std::string& base_folder) const;

 private:
  void add_folder(const std::string& folder, std::vector<std::string>& seen);
  void add_library(const std::string& path);
  PluginNote find_by_name(const std::string& kind, const std::string& name) const;
  std::vector<PluginNote> notes_named(const std::string& name) const;
  std::string unknown_name(const std::string& kind, const std::string& name) const;
  std::vector<std::string> names_of(const std::string& kind) const;

  std::vector<std::string> folders_;
  std::vector<PluginNote> plugins_;
  std::vector<PluginNote> foreign_;  // built for another host: their names are known, not usable
  std::vector<PluginProblem> problems_;
};

}  // namespace saddle
