#include "report/comparison_table.hpp"

#include "base/short_number.hpp"

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <map>
#include <utility>

namespace saddle {
namespace {

std::string cell(const GroupValue& value, std::size_t runs) {
  if (value.count == 0) return "-";
  std::string text = short_number(value.mean);
  if (value.count > 1 && std::isfinite(value.deviation)) {
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
std::string table_name(const LastValue& series) {
  return series.name.substr(0, series.name.find('/'));
}

// The series from `first` to before `end`, which are of one table.
ComparisonTable table_of(const Comparison& comparison, std::size_t first, std::size_t end) {
  const std::string name = table_name(comparison.series[first]);
  std::vector<std::string> head;
  for (const auto& [path, value] : comparison.groups.front().settings) head.push_back(path);
  head.emplace_back("runs");
  for (std::size_t i = first; i < end; ++i) {
    const LastValue& series = comparison.series[i];
    const bool has_unit = !series.unit.empty() && series.unit != "1";
    head.push_back(series.name.substr(name.size() + 1) +
                   (has_unit ? " [" + series.unit + "]" : ""));
  }
  ComparisonTable table{name, {head}, false};
  for (const RunGroup& group : comparison.groups) {
    std::vector<std::string> line;
    for (const auto& [path, value] : group.settings) line.push_back(value);
    line.push_back(runs_text(comparison, group));
    for (std::size_t i = first; i < end; ++i) {
      line.push_back(cell(group.values[i], group.counted.size()));
      table.flagged = table.flagged || group.values[i].flagged;
    }
    table.lines.push_back(std::move(line));
  }
  return table;
}

}  // namespace

std::vector<ComparisonTable> comparison_tables(const Comparison& comparison) {
  std::vector<ComparisonTable> tables;
  std::size_t first = 0;
  for (std::size_t i = 1; i <= comparison.series.size(); ++i) {
    const bool goes_on = i < comparison.series.size() &&
                         table_name(comparison.series[i]) == table_name(comparison.series[first]);
    if (goes_on) continue;
    tables.push_back(table_of(comparison, first, i));
    first = i;
  }
  return tables;
}

}  // namespace saddle
