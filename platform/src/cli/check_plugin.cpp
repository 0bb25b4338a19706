#include "cli/check_plugin.hpp"

#include <saddle/base/error.hpp>

#include "cli/json_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <iostream>

namespace saddle::cli {
namespace {

void print_json(const LibraryReport& report) {
  using nlohmann::ordered_json;
  ordered_json plugins = ordered_json::array();
  for (const PluginReport& plugin : report.plugins) {
    ordered_json checks = ordered_json::array();
    for (const CheckRow& row : plugin.rows)
      checks.push_back(
          {{"check", row.check}, {"result", name_of(row.result)}, {"detail", row.detail}});
    plugins.push_back({{"kind", plugin.kind}, {"name", plugin.name}, {"checks", checks}});
  }
  const ordered_json all = {{"plugins", plugins}};
  // What a plugin says may be no UTF-8.
  std::cout << json_text(all) << "\n";
}

void print_table(const LibraryReport& report) {
  using Line = std::array<std::string, 5>;
  std::vector<Line> lines;
  for (const PluginReport& plugin : report.plugins)
    for (const CheckRow& row : plugin.rows)
      lines.push_back({plugin.kind, plugin.name, row.check, name_of(row.result), row.detail});
  std::array<std::size_t, 5> widths{};
  for (const Line& line : lines)
    for (std::size_t i = 0; i + 1 < line.size(); ++i)
      widths[i] = std::max(widths[i], line[i].size() + 2);
  for (const Line& line : lines) {
    for (std::size_t i = 0; i + 1 < line.size(); ++i)
      std::cout << line[i] << std::string(widths[i] - line[i].size(), ' ');
    std::cout << line.back() << "\n";
  }
}

std::size_t count(const LibraryReport& report, CheckResult result) {
  std::size_t found = 0;
  for (const PluginReport& plugin : report.plugins)
    for (const CheckRow& row : plugin.rows) found += row.result == result ? 1 : 0;
  return found;
}

// Whether all that needs an instance was skipped; the options' description needs none.
bool is_unchecked(const PluginReport& plugin) {
  return std::all_of(plugin.rows.begin(), plugin.rows.end(), [](const CheckRow& row) {
    return row.result == CheckResult::skipped || row.check == "build" || row.check == "options";
  });
}

// Options that a plugin refuses must not let it pass unchecked. Without any, it is no fault that it
// needs some.
void require_checked(const std::string& path, const LibraryReport& report) {
  for (const PluginReport& plugin : report.plugins)
    if (is_unchecked(plugin))
      throw CheckError(path + ": nothing of " + plugin.kind + " '" + plugin.name +
                       "' was checked: with these options every check was skipped, for the reason "
                       "in its row. Change them.");
}

}  // namespace

void check_plugin(const std::string& path, const PluginCheckSettings& settings, bool json) {
  const LibraryReport report = check_library(path, settings);
  if (json)
    print_json(report);
  else
    print_table(report);
  if (!report.foreign.empty()) throw PluginError(report.foreign);
  const std::size_t failures = count(report, CheckResult::failed);
  if (failures > 0)
    throw CheckError(path + ": " + std::to_string(failures) +
                     (failures == 1 ? " check failed." : " checks failed."));
  if (!settings.options.empty()) require_checked(path, report);
}

}  // namespace saddle::cli
