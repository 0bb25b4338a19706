#include "cli/estimate_output.hpp"

#include "base/text.hpp"
#include "cli/json_text.hpp"
#include "cli/lines.hpp"
#include "cli/number.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>

namespace saddle::cli {
namespace {

using nlohmann::ordered_json;

double factor(const std::string& unit) { return unit == "bits" ? 1 / std::log(2) : 1; }

ordered_json json_of(const EstimateRow& row, const std::string& unit) {
  const double scale = factor(unit);
  const info::Estimate& found = row.found.estimate;
  ordered_json object = {{"estimator", row.choice->listed->card.name},
                         {"value", json_number(found.value * scale)},
                         {"stderr", json_number(found.standard_error * scale)},
                         {"unit", unit},
                         {"baseline", json_number(found.baseline * scale)},
                         {"ceiling", json_number(found.ceiling * scale)},
                         {"n", found.n},
                         {"options", json_options(row.choice->settings())},
                         {"flags", found.flags},
                         {"seconds", row.seconds}};
  if (!row.found.chosen.empty()) object["chosen"] = row.found.chosen;
  return object;
}

std::string cell(double value, const char* format = "%.5f") {
  if (std::isnan(value)) return "-";
  char text[64];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

using Line = std::vector<std::string>;

// With what it chose, where it chose.
std::string name_of(const EstimateRow& row) {
  const std::string& name = row.choice->listed->card.name;
  return row.found.chosen.empty() ? name : name + ": " + join(row.found.chosen, "+");
}

Line line_of(const EstimateRow& row, double scale) {
  const info::Estimate& found = row.found.estimate;
  return {name_of(row),
          cell(found.value * scale),
          cell(found.standard_error * scale),
          cell(found.baseline * scale),
          cell(found.ceiling * scale),
          std::to_string(found.n),
          cell(row.seconds, "%.3f"),
          join(found.flags, ", ")};
}

}  // namespace

void print_table(const std::vector<EstimateRow>& rows, const std::string& unit) {
  std::vector<Line> lines = {
      {"estimator", unit, "stderr", "baseline", "ceiling", "n", "seconds", "flags"}};
  for (const EstimateRow& row : rows) lines.push_back(line_of(row, factor(unit)));
  std::cout << lines_text(lines);
}

void print_json(const std::vector<EstimateRow>& rows, const std::string& unit) {
  ordered_json estimates = ordered_json::array();
  for (const EstimateRow& row : rows) estimates.push_back(json_of(row, unit));
  std::cout << json_text({{"estimates", estimates}}) << "\n";
}

ordered_json json_options(const Value& value) {
  if (value.kind == Value::Kind::null) return nullptr;
  if (value.kind == Value::Kind::sequence) {
    ordered_json items = ordered_json::array();
    for (const Value& item : value.items) items.push_back(json_options(item));
    return items;
  }
  if (value.kind == Value::Kind::mapping) {
    ordered_json object = ordered_json::object();
    for (const Entry& entry : value.entries) object[entry.key] = json_options(entry.value);
    return object;
  }
  if (value.quoted) return value.text;
  const ordered_json parsed = ordered_json::parse(value.text, nullptr, false);
  return parsed.is_number() || parsed.is_boolean() ? parsed : ordered_json(value.text);
}

}  // namespace saddle::cli
