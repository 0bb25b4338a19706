#pragma once

#include <string>
#include <vector>

namespace saddle {

enum class CheckResult { ok, failed, skipped };

// "ok", "failed" or "skipped".
const char* name_of(CheckResult result);

// What one check of a plugin found.
struct CheckRow {
  std::string check;
  CheckResult result;
  // What was covered, what is wrong, or why it was not run.
  std::string detail;
};

struct PluginReport {
  std::string kind, name;
  std::vector<CheckRow> rows;
};

struct LibraryReport {
  std::vector<PluginReport> plugins;
  // Why nothing of the library can be run here, as build_mismatch says it, or "".
  std::string foreign;
};

struct PluginCheckSettings {
  // How long each check may take.
  double seconds = 20;
  // Options of the plugins, "path=points.npy", each a YAML value.
  std::vector<std::string> options;
};

// Holds every plugin of a library against its contract. Each check runs in a child process of its
// own, in which alone the library is opened, so that what crashes or hangs becomes a failed row.
// Call it before this process has threads. Throws PluginError for a file that is no library of
// plugins or cannot be opened, SpecError for options that a plugin does not take.
LibraryReport check_library(const std::string& path, const PluginCheckSettings& settings);

}  // namespace saddle
