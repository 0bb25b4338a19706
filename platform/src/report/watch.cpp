#include "report/watch.hpp"

#include "experiment/run_file.hpp"
#include "experiment/run_summary.hpp"
#include "experiment/spec_leaves.hpp"
#include "experiment/yaml.hpp"
#include "report/curves.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace saddle {
namespace {

constexpr std::size_t kMostPlaces = 48, kHeights = 8;

std::optional<std::int64_t> steps_of(const RunSummary& run, const std::string& file) {
  for (const auto& [path, value] : spec_leaves(parse_yaml(run.spec, file + ": spec")))
    if (path == "train.steps" && value != "null") return std::strtoll(value.c_str(), nullptr, 10);
  return std::nullopt;
}

std::string line_of(const Curve& curve, const RunSummary& run) {
  std::string name = curve.table.substr(curve.table.find('/') + 1) + "/" + curve.name;
  // Not that of the curve, which is a mean where there are many.
  const auto last = [&](const std::string& series) {
    const auto found = std::find_if(run.values.begin(), run.values.end(),
                                    [&](const LastValue& value) { return value.name == series; });
    return found == run.values.end() ? NAN : found->value;
  };
  char value[40];
  std::snprintf(value, sizeof value, "%10.4g", last(name));
  const bool flagged = last(name + "-flags") > 0;
  name.resize(std::max<std::size_t>(name.size(), 36), ' ');
  return name + "  " + value + (flagged ? "* " : "  ") + spark_line(curve.values) + "\n";
}

}  // namespace

std::string spark_line(const std::vector<double>& values) {
  double low = INFINITY, high = -INFINITY;
  for (const double value : values)
    if (std::isfinite(value)) low = std::min(low, value), high = std::max(high, value);
  std::string line;
  for (const double value : values) {
    if (!std::isfinite(value)) {
      line += " ";
      continue;
    }
    const double share = high > low ? (value - low) / (high - low) : 0.5;
    const auto height =
        std::min(kHeights - 1, static_cast<std::size_t>(share * static_cast<double>(kHeights)));
    // U+2581 to U+2588.
    line += "\xe2\x96" + std::string(1, static_cast<char>(0x81 + static_cast<int>(height)));
  }
  return line;
}

Glance glance_at(const std::string& file) {
  const RunSummary summary = summarise_run(file);
  Glance glance{summary.step, steps_of(summary, file), summary.state,
                summary.name + ", seed " + std::to_string(summary.seed), ""};
  const hdf5::File run = open_run(file);
  for (const Curve& curve : read_curves(run, kMostPlaces))
    if (curve.table.rfind("players/", 0) != 0 && !curve.values.empty())
      glance.curves += line_of(curve, summary);
  return glance;
}

}  // namespace saddle
