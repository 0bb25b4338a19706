#include "experiment/sweep_table.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cmath>

namespace saddle {
namespace {

std::string field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string number(double value) {
  if (std::isnan(value)) return "";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return number_text(value);
}

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
      if (value.name == series) return number(value.value);
  return "";
}

}  // namespace

std::string sweep_csv(const std::vector<SweepAxis>& axes, const std::vector<SweepRow>& rows) {
  const std::vector<std::string> series = all_series(rows);
  std::vector<std::string> head = {"run"};
  for (const SweepAxis& axis : axes) head.push_back(field(axis.key));
  head.insert(head.end(), {"state", "step"});
  for (const std::string& name : series) head.push_back(field(name));
  std::string text = join(head, ",") + "\n";
  for (const SweepRow& row : rows) {
    std::vector<std::string> line = {field(row.run->folder)};
    for (const std::string& value : row.run->values) line.push_back(field(value));
    line.push_back(row.state);
    line.push_back(row.summary ? std::to_string(row.summary->step) : "");
    for (const std::string& name : series) line.push_back(value_of(row, name));
    text += join(line, ",") + "\n";
  }
  return text;
}

}  // namespace saddle
