#include "report/comparison.hpp"

#include <saddle/base/error.hpp>

#include "base/text.hpp"
#include "experiment/spec_leaves.hpp"
#include "experiment/yaml.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <initializer_list>
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

// What a run's values depend on: not its name, its seed and its threads, nor how often something is
// logged.
Leaves leaves_that_count(const RunSummary& run, const std::string& file) {
  Leaves leaves = spec_leaves(parse_yaml(run.spec, file + ": spec"));
  const auto is_idle = [](const auto& leaf) {
    const std::string& path = leaf.first;
    const bool is_rhythm = begins(path, "metrics.") && path.rfind(".every") == path.size() - 6;
    return path == "name" || path == "seed" || path == "threads" || path == "metrics" ||
           begins(path, "log.") || is_rhythm;
  };
  leaves.erase(std::remove_if(leaves.begin(), leaves.end(), is_idle), leaves.end());
  return leaves;
}

// How the runs have one path of their specs.
struct PathUse {
  bool missing = false;          // some have none
  std::set<std::string> values;  // of those that have one
  bool differs() const { return missing || values.size() > 1; }
};

class Differences {
 public:
  explicit Differences(const std::vector<Leaves>& specs) {
    for (const Leaves& leaves : specs)
      for (const auto& [path, value] : leaves) {
        if (uses_.count(path) == 0) order_.push_back(path);
        uses_[path].values.insert(value);
      }
    for (auto& [path, use] : uses_)
      use.missing = std::any_of(specs.begin(), specs.end(), [&key = path](const Leaves& leaves) {
        return find(leaves, key) == nullptr;
      });
  }

  // The paths in which runs differ, without those that follow from another.
  std::vector<std::string> paths() const {
    std::vector<std::string> found;
    for (const std::string& path : order_)
      if (uses_.at(path).differs() && !follows(path)) found.push_back(path);
    return found;
  }

 private:
  bool differs(const std::string& path) const {
    const auto use = uses_.find(path);
    return use != uses_.end() && use->second.differs();
  }

  // Whether it is there or not with a plugin or a choice above it, and the same wherever it is; so
  // is a metric that only some have.
  bool follows(const std::string& path) const {
    const PathUse& use = uses_.at(path);
    if (use.values.size() > 1 || !use.missing) return false;
    if (begins(path, "metrics.")) return true;
    for (std::size_t dot = path.rfind('.'); dot != std::string::npos && dot > 0;
         dot = path.rfind('.', dot - 1)) {
      const std::string above = path.substr(0, dot);
      if (differs(above) || (above + ".plugin" != path && differs(above + ".plugin"))) return true;
    }
    return false;
  }

  std::map<std::string, PathUse> uses_;
  std::vector<std::string> order_;
};

void group_runs(Comparison& comparison) {
  std::vector<Leaves> specs;
  for (std::size_t i = 0; i < comparison.runs.size(); ++i)
    specs.push_back(leaves_that_count(comparison.runs[i], comparison.files[i]));
  const std::vector<std::string> paths = Differences(specs).paths();
  for (std::size_t i = 0; i < specs.size(); ++i) {
    Leaves settings;
    for (const std::string& path : paths) {
      const std::string* const value = find(specs[i], path);
      settings.emplace_back(path, value ? *value : "-");
    }
    const auto same = [&](const RunGroup& group) { return group.settings == settings; };
    auto group = std::find_if(comparison.groups.begin(), comparison.groups.end(), same);
    if (group == comparison.groups.end())
      group = comparison.groups.insert(group, RunGroup{std::move(settings), {}, {}, {}});
    group->runs.push_back(i);
  }
}

bool has_state(const RunSummary& run, std::initializer_list<const char*> states) {
  return std::any_of(states.begin(), states.end(),
                     [&](const char* state) { return run.state == state; });
}

// Those whose values can be put together: that came to their end, or where none did, that are on
// their way. The last values of one that diverged are of some step before.
void choose_counted(Comparison& comparison) {
  for (RunGroup& group : comparison.groups) {
    for (const std::size_t run : group.runs)
      if (has_state(comparison.runs[run], {"finished", "stopped"})) group.counted.push_back(run);
    if (!group.counted.empty()) continue;
    for (const std::size_t run : group.runs)
      if (!has_state(comparison.runs[run], {"diverged", "failed"})) group.counted.push_back(run);
  }
}

// Each series that some run has, once.
std::vector<LastValue> all_series(const std::vector<RunSummary>& runs) {
  std::vector<LastValue> all;
  std::set<std::string> seen;
  for (const RunSummary& run : runs)
    for (const LastValue& value : run.values)
      if (seen.insert(value.name).second) all.push_back(value);
  return all;
}

void choose_series(Comparison& comparison, const std::vector<std::string>& wanted) {
  const std::vector<LastValue> all = all_series(comparison.runs);
  std::vector<std::string> names;
  for (const LastValue& value : all) names.push_back(value.name);
  // A metric's name stands for all that it finds.
  const auto is_meant = [&](const std::string& series, const std::string& name) {
    return series == name || (begins(series, name + "/") && !is_beside(series, names));
  };
  for (const std::string& name : wanted)
    if (std::none_of(names.begin(), names.end(),
                     [&](const std::string& series) { return is_meant(series, name); }))
      throw SpecError("--series " + name + ": none of these runs logged it." +
                      suggestion(name, names) + " They logged: " + join(names, ", ") + ".");
  const auto is_loss = [](const LastValue& value) { return begins(value.name, "losses/"); };
  const bool only_losses = std::all_of(all.begin(), all.end(), is_loss);
  for (const LastValue& value : all) {
    const bool by_default = is_loss(value) == only_losses && !is_beside(value.name, names);
    const bool is_wanted = std::any_of(wanted.begin(), wanted.end(), [&](const std::string& name) {
      return is_meant(value.name, name);
    });
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
  for (const std::size_t run : group.counted) {
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

// One run would count as several.
void refuse_twins(const std::vector<std::string>& files) {
  std::set<std::string> seen;
  for (const std::string& file : files) {
    std::error_code ignored;
    if (!seen.insert(std::filesystem::weakly_canonical(file, ignored).string()).second)
      throw SpecError(file + ": is given twice. Give each run once.");
  }
}

}  // namespace

Comparison compare_runs(const std::vector<std::string>& files,
                        const std::vector<std::string>& series) {
  refuse_twins(files);
  Comparison comparison{files, {}, {}, {}};
  for (const std::string& file : files) comparison.runs.push_back(summarise_run(file));
  if (files.empty()) return comparison;
  group_runs(comparison);
  choose_counted(comparison);
  choose_series(comparison, series);
  for (RunGroup& group : comparison.groups)
    for (const LastValue& chosen : comparison.series)
      group.values.push_back(group_value(comparison, group, chosen.name));
  return comparison;
}

}  // namespace saddle
