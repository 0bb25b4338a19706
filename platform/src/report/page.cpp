#include "report/page.hpp"

#include "base/text.hpp"
#include "experiment/run_file.hpp"
#include "experiment/run_header.hpp"
#include "report/chart.hpp"
#include "report/comparison.hpp"
#include "report/comparison_table.hpp"
#include "report/curves.hpp"
#include "report/html.hpp"
#include "report/sample_figure.hpp"
#include "report/style.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>
#include <variant>

namespace saddle {
namespace {

using html::element;
using html::escaped;

constexpr std::size_t kMostRecords = 500, kMostFigures = 4, kColours = 8;

// What the page shows of one run.
struct Shown {
  std::string file;
  std::string key;    // what its colour stands for
  std::string label;  // what tells it from all others
  std::size_t colour;
  RunHeader header;
  std::vector<Curve> curves;
  std::vector<SampleFigure> samples;
};

// The shortest end of a path that no other has.
std::string short_name(const std::string& path, const std::vector<std::string>& all) {
  for (std::size_t dot = path.rfind('.'); dot != std::string::npos && dot > 0;
       dot = path.rfind('.', dot - 1)) {
    const std::string end = path.substr(dot);
    const auto ends_alike = [&](const std::string& other) {
      return other.size() >= end.size() &&
             other.compare(other.size() - end.size(), end.size(), end) == 0;
    };
    if (std::count_if(all.begin(), all.end(), ends_alike) == 1) return end.substr(1);
  }
  return path;
}

// "gamma=10": what tells a group from the others; "" where there is one.
std::string label_of(const RunGroup& group) {
  std::vector<std::string> paths, parts;
  for (const auto& [path, value] : group.settings) paths.push_back(path);
  for (const auto& [path, value] : group.settings)
    parts.push_back(short_name(path, paths) + "=" + value);
  return join(parts, ", ");
}

// By group where there are several, else by run: seeds of one setting have one colour.
std::vector<Shown> read_runs(const Comparison& comparison) {
  std::vector<Shown> shown(comparison.files.size());
  for (std::size_t g = 0; g < comparison.groups.size(); ++g) {
    const std::string group = label_of(comparison.groups[g]);
    for (const std::size_t i : comparison.groups[g].runs) {
      const hdf5::File run = open_run(comparison.files[i]);
      const std::string seed = "seed " + std::to_string(comparison.runs[i].seed);
      const bool by_run = comparison.groups.size() == 1;
      shown[i] = {comparison.files[i],
                  by_run ? seed : group,
                  by_run ? seed : group + ", " + seed,
                  by_run ? i : g,
                  read_header(run, kRunFormat),
                  read_curves(run, kMostRecords),
                  sample_figures(run, kMostFigures)};
    }
  }
  return shown;
}

std::string section(const std::string& title, const std::string& content) {
  return "\n" + element("section", element("h2", escaped(title)) + "\n" + content) + "\n";
}

// Colours come again after the last, with dashes.
std::string classes(std::size_t colour) {
  return "c" + std::to_string(colour % kColours) + (colour / kColours % 2 == 1 ? " dashed" : "");
}

std::string legend(const std::vector<Shown>& runs) {
  if (runs.size() < 2) return "";
  std::string keys;
  std::set<std::size_t> seen;
  for (const Shown& run : runs)
    if (seen.insert(run.colour).second)
      keys +=
          element("span", "<svg class=\"key\" viewBox=\"0 0 24 10\"><path class=\"line " +
                              classes(run.colour) + "\" d=\"M1 5H23\"/></svg>" + escaped(run.key)) +
          " ";
  return element("p", keys, {{"class", "legend"}});
}

std::string runs_section(const Comparison& comparison, const std::vector<Shown>& runs) {
  std::vector<std::vector<std::string>> rows;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const RunSummary& summary = comparison.runs[i];
    rows.push_back({summary.name, std::to_string(summary.seed), summary.state,
                    std::to_string(summary.step), runs[i].header.created,
                    runs[i].header.saddle_version, runs[i].file});
  }
  return section("Runs",
                 html::table({"name", "seed", "state", "step", "created", "saddle", "file"}, rows));
}

std::string values_section(const Comparison& comparison) {
  std::string tables = element(
      "p", escaped(std::string(kTableNote) + " A star: flagged in some run."), {{"class", "soft"}});
  for (const ComparisonTable& table : comparison_tables(comparison))
    tables += element("h3", escaped(table.name)) +
              html::table(table.lines.front(), {table.lines.begin() + 1, table.lines.end()});
  return section("Last values", tables);
}

const Curve* find(const Shown& run, const Curve& like) {
  for (const Curve& curve : run.curves)
    if (curve.table == like.table && curve.name == like.name) return &curve;
  return nullptr;
}

std::string curve_figure(const std::vector<Shown>& runs, const Curve& like) {
  std::vector<ChartLine> lines;
  for (const Shown& run : runs)
    if (const Curve* const curve = find(run, like))
      lines.push_back({classes(run.colour), curve->steps, curve->values, curve->error,
                       curve->baseline, curve->flagged});
  const bool has_unit = !like.unit.empty() && like.unit != "1";
  const std::string caption = escaped(like.name + (has_unit ? " [" + like.unit + "]" : "")) +
                              element("small", escaped(like.definition));
  return element("figure", element("figcaption", caption) + chart(lines, like.unit == "nats")) +
         "\n";
}

std::string table_figures(const std::vector<Shown>& runs, const std::string& table) {
  std::set<std::string> seen = {"digest"};  // equal or not, nothing to be drawn
  std::string figures;
  for (const Shown& run : runs)
    for (const Curve& curve : run.curves)
      if (curve.table == table && seen.insert(curve.name).second)
        figures += curve_figure(runs, curve);
  return legend(runs) + element("div", figures, {{"class", "figures"}});
}

// A section for each table, of the series that any run has; how the players went is folded up.
std::string curve_sections(const std::vector<Shown>& runs) {
  std::vector<std::string> tables;
  for (const Shown& run : runs)
    for (const Curve& curve : run.curves)
      if (std::find(tables.begin(), tables.end(), curve.table) == tables.end())
        tables.push_back(curve.table);
  std::string sections, players;
  for (const std::string& table : tables) {
    const std::string title = table.substr(table.find('/') + 1);
    if (table.rfind("players/", 0) == 0)
      players +=
          element("details", element("summary", escaped(title)) + table_figures(runs, table));
    else
      sections += section(title, table_figures(runs, table));
  }
  return sections + (players.empty() ? "" : section("Players", players));
}

std::string samples_section(const std::vector<Shown>& runs) {
  std::string content;
  for (const Shown& run : runs) {
    std::string figures;
    for (const SampleFigure& figure : run.samples)
      figures += element("figure", element("figcaption", "step " + std::to_string(figure.step)) +
                                       figure.html) +
                 "\n";
    if (figures.empty()) continue;
    if (runs.size() > 1) content += element("h3", escaped(run.label));
    content += element("div", figures, {{"class", "figures moments"}});
  }
  return content.empty() ? "" : section("Samples", content);
}

std::string fact(const hdf5::Scalar& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  return "";
}

std::string sources_section(const std::vector<Shown>& runs) {
  std::string content;
  for (const Shown& run : runs) {
    std::vector<std::vector<std::string>> facts;
    for (const auto& [name, value] : run.header.provenance) facts.push_back({name, fact(value)});
    content += element("details", element("summary", escaped(run.file)) +
                                      element("pre", escaped(run.header.spec_resolved)) +
                                      html::table({"provenance", ""}, facts)) +
               "\n";
  }
  return section("Specs and where the runs come from", content);
}

}  // namespace

std::string report_page(const std::vector<std::string>& files) {
  const Comparison comparison = compare_runs(files, {});
  const std::vector<Shown> runs = read_runs(comparison);
  std::set<std::string> names;
  for (const RunSummary& run : comparison.runs) names.insert(run.name);
  const std::string title = join({names.begin(), names.end()}, ", ");
  const std::string note =
      "Lines of more than " + std::to_string(kMostRecords) +
      " records are means of neighbours. Bands are standard errors, dashes what an estimator finds "
      "where there is nothing, rings its flags.";
  return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n" +
         element("title", escaped(title)) + "\n" + element("style", kStyle) +
         "\n</head>\n<body>\n" + element("h1", escaped(title)) +
         element("p", escaped(note), {{"class", "soft"}}) + runs_section(comparison, runs) +
         values_section(comparison) + (runs.size() > 2 ? "" : samples_section(runs)) +
         curve_sections(runs) + (runs.size() > 2 ? samples_section(runs) : "") +
         sources_section(runs) + "</body>\n</html>\n";
}

}  // namespace saddle
