#include "report/comparison.hpp"

#include <saddle/base/error.hpp>

#include "base/text.hpp"
#include "experiment/spec_leaves.hpp"
#include "experiment/yaml.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace saddle {
namespace {

using Leaves = std::vector<std::pair<std::string, std::string>>;

bool begins(const std::string& text, const std::string& begin) {
  return text.compare(0, begin.size(), begin) == 0;
}

const std::string* find(const Leaves& leaves, const std::string& path) {
  for (const auto& [name, value] : leaves)
    if (name == path) return &value;
  return nullptr;
}

// What trains a run.
Leaves training_leaves(const RunSummary& run, const std::string& file) {
  Leaves leaves = spec_leaves(parse_yaml(run.spec, file + ": spec"));
  leaves.erase(std::remove_if(leaves.begin(), leaves.end(),
                              [](const auto& leaf) {
                                const std::string& path = leaf.first;
                                return path == "name" || path == "seed" || path == "threads" ||
                                       begins(path, "metrics") || begins(path, "log.");
                              }),
               leaves.end());
  return leaves;
}

bool differs(const std::vector<Leaves>& specs, const std::string& path) {
  const std::string* const first = find(specs.front(), path);
  return std::any_of(specs.begin(), specs.end(), [&](const Leaves& leaves) {
    const std::string* const value = find(leaves, path);
    return !first != !value || (first && *first != *value);
  });
}

// Whether some lack it because they have another plugin there.
bool is_of_one_plugin(const std::vector<Leaves>& specs, const std::string& path) {
  const bool missing = std::any_of(specs.begin(), specs.end(), [&](const Leaves& leaves) {
    return find(leaves, path) == nullptr;
  });
  if (!missing) return false;
  for (std::size_t dot = path.rfind('.'); dot != std::string::npos && dot > 0;
       dot = path.rfind('.', dot - 1)) {
    const std::string plugin = path.substr(0, dot) + ".plugin";
    if (plugin != path && differs(specs, plugin)) return true;
  }
  return false;
}

std::vector<std::string> differing_paths(const std::vector<Leaves>& specs) {
  std::vector<std::string> paths;
  std::set<std::string> seen;
  for (const Leaves& leaves : specs)
    for (const auto& [path, value] : leaves)
      if (seen.insert(path).second && differs(specs, path) && !is_of_one_plugin(specs, path))
        paths.push_back(path);
  return paths;
}

void group_runs(Comparison& comparison) {
  std::vector<Leaves> specs;
  for (std::size_t i = 0; i < comparison.runs.size(); ++i)
    specs.push_back(training_leaves(comparison.runs[i], comparison.files[i]));
  const std::vector<std::string> paths = differing_paths(specs);
  for (std::size_t i = 0; i < specs.size(); ++i) {
    Leaves settings;
    for (const std::string& path : paths) {
      const std::string* const value = find(specs[i], path);
      settings.emplace_back(path, value ? *value : "-");
    }
    const auto same = [&](const RunGroup& group) { return group.settings == settings; };
    auto group = std::find_if(comparison.groups.begin(), comparison.groups.end(), same);
    if (group == comparison.groups.end())
      group = comparison.groups.insert(group, RunGroup{std::move(settings), {}, {}});
    group->runs.push_back(i);
  }
}

void choose_series(Comparison& comparison, const std::vector<std::string>& wanted) {
  std::vector<LastValue> all;
  std::vector<std::string> names;
  const auto is_known = [&](const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  for (const RunSummary& run : comparison.runs)
    for (const LastValue& value : run.values)
      if (!is_known(value.name)) {
        names.push_back(value.name);
        all.push_back(value);
      }
  for (const std::string& name : wanted)
    if (!is_known(name))
      throw SpecError("--series " + name + ": none of these runs logged it." +
                      suggestion(name, names) + " They logged: " + join(names, ", ") + ".");
  const auto is_loss = [](const LastValue& value) { return begins(value.name, "losses/"); };
  const bool only_losses = std::all_of(all.begin(), all.end(), is_loss);
  for (const LastValue& value : all) {
    const bool by_default = is_loss(value) == only_losses && !is_beside(value.name, names);
    const bool is_wanted = std::find(wanted.begin(), wanted.end(), value.name) != wanted.end();
    if (wanted.empty() ? by_default : is_wanted) comparison.series.push_back(value);
  }
}

const LastValue* value_of(const RunSummary& run, const std::string& name) {
  for (const LastValue& value : run.values)
    if (value.name == name) return &value;
  return nullptr;
}

GroupValue group_value(const Comparison& comparison, const RunGroup& group,
                       const std::string& series) {
  std::vector<double> values;
  bool flagged = false;
  for (const std::size_t run : group.runs) {
    const LastValue* const value = value_of(comparison.runs[run], series);
    if (!value || std::isnan(value->value)) continue;
    values.push_back(value->value);
    const LastValue* const flags = value_of(comparison.runs[run], series + "-flags");
    flagged = flagged || (flags && flags->value != 0);
  }
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  const auto count = static_cast<double>(values.size());
  double mean = 0, squares = 0;
  for (const double value : values) mean += value / count;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {values.size(), values.empty() ? kNone : mean,
          values.size() < 2 ? kNone : std::sqrt(squares / (count - 1)), flagged};
}

}  // namespace

Comparison compare_runs(const std::vector<std::string>& files,
                        const std::vector<std::string>& series) {
  Comparison comparison{files, {}, {}, {}};
  for (const std::string& file : files) comparison.runs.push_back(summarise_run(file));
  if (files.empty()) return comparison;
  group_runs(comparison);
  choose_series(comparison, series);
  for (RunGroup& group : comparison.groups)
    for (const LastValue& chosen : comparison.series)
      group.values.push_back(group_value(comparison, group, chosen.name));
  return comparison;
}

}  // namespace saddle
