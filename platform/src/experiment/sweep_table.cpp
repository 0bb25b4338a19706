#include "experiment/sweep_table.hpp"

#include "base/csv_text.hpp"

#include <algorithm>

namespace saddle {
namespace {

// In the order in which the rows bring them.
std::vector<std::string> all_series(const std::vector<SweepRow>& rows) {
  std::vector<std::string> names;
  for (const SweepRow& row : rows)
    if (row.summary)
      for (const LastValue& value : row.summary->values)
        if (std::find(names.begin(), names.end(), value.name) == names.end())
          names.push_back(value.name);
  return names;
}

std::string value_of(const SweepRow& row, const std::string& series) {
  if (row.summary)
    for (const LastValue& value : row.summary->values)
      if (value.name == series) return csv_field(value.value);
  return "";
}

}  // namespace

std::string sweep_csv(const std::vector<SweepAxis>& axes, const std::vector<SweepRow>& rows) {
  const std::vector<std::string> series = all_series(rows);
  std::vector<std::string> head = {"run"};
  for (const SweepAxis& axis : axes) head.push_back(csv_field(axis.key));
  head.insert(head.end(), {"state", "step"});
  for (const std::string& name : series) head.push_back(csv_field(name));
  std::string text = csv_line(head);
  for (const SweepRow& row : rows) {
    std::vector<std::string> line = {csv_field(row.run->folder)};
    for (const std::string& value : row.run->values) line.push_back(csv_field(value));
    line.push_back(row.state);
    line.push_back(row.summary ? std::to_string(row.summary->step) : "");
    for (const std::string& name : series) line.push_back(value_of(row, name));
    text += csv_line(line);
  }
  return text;
}

}  // namespace saddle
