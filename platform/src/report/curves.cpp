#include "report/curves.hpp"

#include "experiment/run_file.hpp"
#include "experiment/run_summary.hpp"

#include <algorithm>

namespace saddle {
namespace {

// The rows of a table that are read, and how many neighbours are one record of a curve.
struct Rows {
  std::size_t count, width;
};

// A last incomplete group is left out.
std::vector<double> thinned(const std::vector<double>& values, std::size_t width) {
  std::vector<double> means;
  for (std::size_t begin = 0; begin + width <= values.size(); begin += width) {
    double sum = 0;
    for (std::size_t i = begin; i < begin + width; ++i) sum += values[i];
    means.push_back(sum / static_cast<double>(width));
  }
  return means;
}

std::vector<double> numbers(const hdf5::Group& table, const std::string& name, Rows rows) {
  std::vector<double> values(rows.count);
  table.dataset(name).read_rows(0, rows.count, hdf5::Element::float64, values.data());
  return thinned(values, rows.width);
}

void read_table(const hdf5::File& run, const std::string& path, std::size_t most,
                std::vector<Curve>& curves) {
  const hdf5::Group table = run.group(path);
  const std::vector<std::int64_t> steps = committed_steps(run, table);
  if (steps.empty()) return;
  const Rows rows{steps.size(), (steps.size() + most - 1) / most};
  const std::vector<LastValue> series = last_values(table, rows.count);
  std::vector<std::string> names;
  for (const LastValue& one : series) names.push_back(one.name);
  const auto if_there = [&](const std::string& name) {
    const bool there = std::find(names.begin(), names.end(), name) != names.end();
    return there ? numbers(table, name, rows) : std::vector<double>{};
  };
  for (const LastValue& one : series) {
    if (is_beside(one.name, names)) continue;
    Curve curve{path, one.name, one.unit, one.definition, {}, {}, {}, {}, {}};
    curve.steps = thinned({steps.begin(), steps.end()}, rows.width);
    curve.values = numbers(table, one.name, rows);
    curve.error = if_there(one.name + "-error");
    curve.baseline = if_there(one.name + "-baseline");
    for (const double flags : if_there(one.name + "-flags")) curve.flagged.push_back(flags > 0);
    curves.push_back(std::move(curve));
  }
}

}  // namespace

std::vector<Curve> read_curves(const hdf5::File& run, std::size_t most) {
  std::vector<Curve> curves;
  for (const char* const above : {"metrics", "players"}) {
    if (above == std::string("players")) read_table(run, "losses", most, curves);
    if (!run.has_group(above)) continue;
    const hdf5::Group group = run.group(above);
    for (const std::string& name : group.names())
      if (group.has_group(name)) read_table(run, above + ("/" + name), most, curves);
  }
  return curves;
}

}  // namespace saddle
