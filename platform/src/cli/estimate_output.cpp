#include "cli/estimate_output.hpp"

#include "base/text.hpp"
#include "cli/option_list.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <iostream>

namespace saddle::cli {
namespace {

using nlohmann::ordered_json;

void print_options(const Schema& schema) {
  for (const Option& option : list_options(schema))
    std::cout << "  " << option.path << "=" << option.default_text << "  " << option.field.doc()
              << "\n";
}

double factor(const std::string& unit) { return unit == "bits" ? 1 / std::log(2) : 1; }

ordered_json number(double value) {
  return std::isfinite(value) ? ordered_json(value) : ordered_json(nullptr);
}

// An option's value as JSON has it: a number, a truth value or a text.
ordered_json json_of(const Value& value) {
  if (value.kind != Value::Kind::scalar) return nullptr;
  if (value.quoted) return value.text;
  const ordered_json parsed = ordered_json::parse(value.text, nullptr, false);
  return parsed.is_number() || parsed.is_boolean() ? parsed : ordered_json(value.text);
}

ordered_json json_of(const EstimateRow& row, const std::string& unit) {
  const double scale = factor(unit);
  ordered_json options = ordered_json::object();
  for (const Entry& entry : row.choice->settings().entries)
    options[entry.key] = json_of(entry.value);
  const info::Estimate& found = row.estimate;
  return {{"estimator", row.choice->listed->card.name},
          {"value", number(found.value * scale)},
          {"stderr", number(found.standard_error * scale)},
          {"unit", unit},
          {"baseline", number(found.baseline * scale)},
          {"ceiling", number(found.ceiling * scale)},
          {"n", found.n},
          {"options", options},
          {"flags", found.flags},
          {"seconds", row.seconds}};
}

std::string cell(double value, const char* format = "%.5f") {
  if (std::isnan(value)) return "-";
  char text[64];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

using Line = std::array<std::string, 8>;

Line line_of(const EstimateRow& row, double scale) {
  const info::Estimate& found = row.estimate;
  return {row.choice->listed->card.name,      cell(found.value * scale),
          cell(found.standard_error * scale), cell(found.baseline * scale),
          cell(found.ceiling * scale),        std::to_string(found.n),
          cell(row.seconds, "%.3f"),          join(found.flags, ", ")};
}

}  // namespace

void print_estimators(const std::string& quantity) {
  for (const estimators::Listed& listed : estimators::all()) {
    const std::string of = estimators::name_of(listed.quantity);
    if (!quantity.empty() && of != quantity) continue;
    const estimators::Card& card = listed.card;
    std::cout << of << " " << card.name << ": " << card.doc << "\n  for     " << card.use
              << "\n  cost    " << card.cost << "\n  limits  " << card.limits << "\n  error   "
              << card.error << "\n";
    print_options(listed.schema);
  }
  std::cout << "\nAll of them take, each with its own error by default:\n";
  print_options(Schema::of<info::Resampling>());
  std::cout << "\nThose of mi also take:\n";
  print_options(Schema::of<info::Baseline>());
}

void print_table(const std::vector<EstimateRow>& rows, const std::string& unit) {
  std::vector<Line> lines = {
      {"estimator", unit, "stderr", "baseline", "ceiling", "n", "seconds", "flags"}};
  for (const EstimateRow& row : rows) lines.push_back(line_of(row, factor(unit)));
  Line widest;
  for (std::size_t column = 0; column < widest.size(); ++column)
    for (const Line& line : lines)
      if (line[column].size() > widest[column].size()) widest[column] = line[column];
  for (const Line& line : lines) {
    std::string text;
    for (std::size_t column = 0; column < line.size(); ++column) {
      const std::string space(widest[column].size() - line[column].size(), ' ');
      // Names and flags stand to the left, numbers to the right.
      const bool left = column == 0 || column + 1 == line.size();
      text += (column > 0 ? "  " : "") + (left ? line[column] + space : space + line[column]);
    }
    std::cout << text.substr(0, text.find_last_not_of(' ') + 1) << "\n";
  }
}

void print_json(const std::vector<EstimateRow>& rows, const std::string& unit) {
  ordered_json estimates = ordered_json::array();
  for (const EstimateRow& row : rows) estimates.push_back(json_of(row, unit));
  std::cout << ordered_json{{"estimates", estimates}}.dump(2) << "\n";
}

}  // namespace saddle::cli
