#include "cli/comparison_output.hpp"

#include "base/child_process.hpp"
#include "cli/json_text.hpp"
#include "cli/lines.hpp"
#include "cli/number.hpp"
#include "experiment/run_file.hpp"
#include "report/comparison.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdio>
#include <map>

namespace saddle::cli {
namespace {

using nlohmann::ordered_json;

constexpr char kFlagged = '*';

std::string four_digits(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

std::string cell(const GroupValue& value, std::size_t runs) {
  if (value.count == 0) return "-";
  std::string text = four_digits(value.mean);
  if (value.count > 1) {
    char deviation[32];
    std::snprintf(deviation, sizeof deviation, "%.2g", value.deviation);
    text += std::string(" ± ") + deviation;
  }
  if (value.count < runs) text += " (" + std::to_string(value.count) + ")";
  return value.flagged ? text + kFlagged : text;
}

// How many runs a group has, and those of them that did not end as they should.
std::string runs_text(const Comparison& comparison, const RunGroup& group) {
  std::map<std::string, std::size_t> states;
  for (const std::size_t run : group.runs) ++states[comparison.runs[run].state];
  std::string others;
  for (const auto& [state, count] : states)
    if (state != "finished" && state != "stopped")
      others += (others.empty() ? "" : ", ") + std::to_string(count) + " " + state;
  return std::to_string(group.runs.size()) + (others.empty() ? "" : " (" + others + ")");
}

// The metric of a series, or "losses".
std::string table_of(const LastValue& series) {
  return series.name.substr(0, series.name.find('/'));
}

// The series from `first` to before `end`, which are of one table.
std::string table_text(const Comparison& comparison, std::size_t first, std::size_t end) {
  const std::string table = table_of(comparison.series[first]);
  std::vector<std::string> head;
  for (const auto& [path, value] : comparison.groups.front().settings) head.push_back(path);
  head.emplace_back("runs");
  for (std::size_t i = first; i < end; ++i) {
    const LastValue& series = comparison.series[i];
    const bool has_unit = !series.unit.empty() && series.unit != "1";
    head.push_back(series.name.substr(table.size() + 1) +
                   (has_unit ? " [" + series.unit + "]" : ""));
  }
  std::vector<std::vector<std::string>> lines = {head};
  for (const RunGroup& group : comparison.groups) {
    std::vector<std::string> line;
    for (const auto& [path, value] : group.settings) line.push_back(value);
    line.push_back(runs_text(comparison, group));
    for (std::size_t i = first; i < end; ++i)
      line.push_back(cell(group.values[i], group.runs.size()));
    lines.push_back(std::move(line));
  }
  return table + "\n" + lines_text(lines);
}

ordered_json run_json(const std::string& file, const RunSummary& run) {
  ordered_json values = ordered_json::object();
  for (const LastValue& value : run.values) values[value.name] = json_number(value.value);
  return {{"file", file},       {"name", run.name}, {"seed", run.seed},
          {"state", run.state}, {"step", run.step}, {"values", values}};
}

std::string comparison_text(const Comparison& comparison) {
  std::string text;
  std::size_t first = 0;
  for (std::size_t i = 1; i <= comparison.series.size(); ++i) {
    const bool goes_on = i < comparison.series.size() &&
                         table_of(comparison.series[i]) == table_of(comparison.series[first]);
    if (goes_on) continue;
    text += table_text(comparison, first, i) + "\n";
    first = i;
  }
  const bool flagged = text.find(kFlagged) != std::string::npos;
  return text + "The last values; of several runs their mean and standard deviation." +
         (flagged ? " A star: flagged in some run, see saddle show.\n" : "\n");
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
