#include "cli/estimate_run.hpp"

#include "base/text.hpp"
#include "cli/estimate_output.hpp"
#include "cli/flag_words.hpp"
#include "cli/json_text.hpp"
#include "cli/lines.hpp"
#include "cli/number.hpp"
#include "plugin/search_path.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <iostream>

namespace saddle::cli {
namespace {

using nlohmann::ordered_json;

double factor(const SeriesInfo& series, const std::string& unit) {
  return series.unit == "nats" && unit == "bits" ? 1 / std::log(2) : 1;
}
std::string unit_of(const SeriesInfo& series, const std::string& unit) {
  return series.unit == "nats" ? unit : series.unit;
}

std::string definition_of(const SeriesInfo& series) {
  for (const auto& [name, text] : series.attributes)
    if (name == "definition") return text;
  return "";
}

std::string cell(const SeriesInfo& series, double value, const std::string& unit) {
  if (std::isnan(value)) return "-";
  const std::string words = flag_words(value, definition_of(series));
  return words.empty() ? plain_number(value * factor(series, unit)) : words;
}

std::string comparison(const Remeasured& found, const Remeasured::Row& row,
                       const std::string& unit) {
  if (row.logged.empty()) return "-";
  if (row.is_as_logged()) return "same";
  std::vector<std::string> values;
  for (std::size_t i = 0; i < row.logged.size(); ++i)
    values.push_back(cell(found.series[i], row.logged[i], unit));
  return "differs: " + join(values, ", ");
}

void print_text(const Remeasured& found, const std::string& unit) {
  std::vector<std::string> head = {"step"};
  for (const SeriesInfo& series : found.series)
    head.push_back(series.name + (series.unit == "1" ? "" : " [" + unit_of(series, unit) + "]"));
  head.emplace_back("logged");
  std::vector<std::vector<std::string>> lines = {head};
  for (const Remeasured::Row& row : found.rows) {
    std::vector<std::string> line = {std::to_string(row.step)};
    for (std::size_t i = 0; i < row.values.size(); ++i)
      line.push_back(cell(found.series[i], row.values[i], unit));
    line.push_back(comparison(found, row, unit));
    lines.push_back(std::move(line));
  }
  std::cout << lines_text(lines);
}

ordered_json json_of(const Remeasured& found, const std::vector<double>& values,
                     const std::string& unit) {
  ordered_json object = ordered_json::object();
  for (std::size_t i = 0; i < values.size(); ++i)
    object[found.series[i].name] = json_number(values[i] * factor(found.series[i], unit));
  return object;
}

void print_json(const MetricRequest& request, const Remeasured& found, const std::string& unit) {
  ordered_json units = ordered_json::object(), rows = ordered_json::array();
  for (const SeriesInfo& series : found.series) units[series.name] = unit_of(series, unit);
  for (const Remeasured::Row& row : found.rows) {
    ordered_json line = {{"step", row.step}, {"values", json_of(found, row.values, unit)}};
    const bool is_logged = !row.logged.empty();
    line["logged"] = is_logged ? json_of(found, row.logged, unit) : ordered_json(nullptr);
    line["same"] = is_logged ? ordered_json(row.is_as_logged()) : ordered_json(nullptr);
    rows.push_back(std::move(line));
  }
  std::cout << json_text({{"run", request.run},
                          {"metric", found.name},
                          {"plugin", found.plugin},
                          {"options", json_options(found.options)},
                          {"units", units},
                          {"steps", rows}})
            << "\n";
}

}  // namespace

void estimate_of_run(const MetricRequest& request, const std::string& unit, bool json,
                     Environment& environment) {
  const Catalog catalog(plugin_search_path(environment.plugin_path));
  const Remeasured found = measure_again(request, catalog);
  if (json)
    print_json(request, found, unit);
  else
    print_text(found, unit);
  for (const Remeasured::Row& row : found.rows)
    if (!row.is_as_logged()) environment.exit_code = 1;
}

}  // namespace saddle::cli
