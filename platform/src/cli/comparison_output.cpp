#include "cli/comparison_output.hpp"

#include "base/child_process.hpp"
#include "cli/json_text.hpp"
#include "cli/lines.hpp"
#include "cli/number.hpp"
#include "experiment/run_file.hpp"
#include "report/comparison_table.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>

namespace saddle::cli {
namespace {

using nlohmann::ordered_json;

ordered_json run_json(const std::string& file, const RunSummary& run) {
  ordered_json values = ordered_json::object();
  for (const LastValue& value : run.values) values[value.name] = json_number(value.value);
  return {{"file", file},       {"name", run.name}, {"seed", run.seed},
          {"state", run.state}, {"step", run.step}, {"values", values}};
}

std::string comparison_text(const Comparison& comparison) {
  std::string text;
  bool flagged = false;
  for (const ComparisonTable& table : comparison_tables(comparison)) {
    text += table.name + "\n" + lines_text(table.lines) + "\n";
    flagged = flagged || table.flagged;
  }
  return text + kTableNote + (flagged ? kFlaggedNote : "") + "\n";
}

ordered_json comparison_json(const Comparison& comparison) {
  ordered_json groups = ordered_json::array();
  for (const RunGroup& group : comparison.groups) {
    ordered_json settings = ordered_json::object(), series = ordered_json::object(),
                 runs = ordered_json::array();
    for (const auto& [path, value] : group.settings) settings[path] = value;
    for (const std::size_t run : group.runs)
      runs.push_back(run_json(comparison.files[run], comparison.runs[run]));
    for (std::size_t i = 0; i < group.values.size(); ++i)
      series[comparison.series[i].name] = {{"unit", comparison.series[i].unit},
                                           {"n", group.values[i].count},
                                           {"mean", json_number(group.values[i].mean)},
                                           {"deviation", json_number(group.values[i].deviation)},
                                           {"flagged", group.values[i].flagged}};
    groups.push_back({{"settings", settings}, {"runs", runs}, {"series", series}});
  }
  return {{"groups", groups}};
}

}  // namespace

std::string comparison_of(const std::vector<std::string>& files,
                          const std::vector<std::string>& series, bool json) {
  const auto compare = [&] {
    const Comparison comparison = compare_runs(files, series);
    return json ? json_text(comparison_json(comparison)) + "\n" : comparison_text(comparison);
  };
  return safely_in_child("compare", compare, limits_for(files));
}

}  // namespace saddle::cli
