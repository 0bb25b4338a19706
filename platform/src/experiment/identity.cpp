#include "experiment/identity.hpp"

#include <saddle/base/error.hpp>

#include "base/log.hpp"
#include "base/text.hpp"
#include "experiment/yaml.hpp"

#include <algorithm>

namespace saddle {
namespace {

const std::vector<std::string> kMayChange = {"train.steps", "train.epochs", "threads"};

// One line of text for a value.
std::string shown(const Value* value) {
  if (!value || value->kind == Value::Kind::null) return "nothing";
  if (value->kind == Value::Kind::scalar) return value->text;
  return describe(*value);
}

// "generator.hidden" and the like, for every place where two specs differ.
void find_differences(const std::string& at, const Value* before, const Value* now,
                      std::vector<std::string>& differences) {
  if (before && now && before->kind == now->kind && before->kind == Value::Kind::mapping) {
    const std::string prefix = at.empty() ? "" : at + ".";
    for (const Entry& entry : before->entries)
      find_differences(prefix + entry.key, &entry.value, now->find(entry.key), differences);
    for (const Entry& entry : now->entries)
      if (!before->find(entry.key))
        find_differences(prefix + entry.key, nullptr, &entry.value, differences);
    return;
  }
  if (before && now && before->kind == now->kind && before->kind == Value::Kind::sequence &&
      before->items.size() == now->items.size()) {
    for (std::size_t i = 0; i < now->items.size(); ++i)
      find_differences(at + "." + std::to_string(i), &before->items[i], &now->items[i],
                       differences);
    return;
  }
  const bool same = before && now && before->kind == now->kind && before->text == now->text &&
                    before->items.empty() && now->items.empty();
  const bool allowed = std::find(kMayChange.begin(), kMayChange.end(), at) != kMayChange.end();
  if (!same && !allowed)
    differences.push_back(at + " was " + shown(before) + " and would be " + shown(now));
}

bool matches(const std::string& name, const std::string& begin, const std::string& end) {
  return name.size() >= begin.size() + end.size() && name.compare(0, begin.size(), begin) == 0 &&
         name.compare(name.size() - end.size(), end.size(), end) == 0;
}

// What changed among the facts whose names `concerns`, "name: before, now".
template <class Concerns>
std::vector<std::string> changes(const Facts& before, const Facts& now, const Concerns& concerns) {
  std::vector<std::string> found;
  for (const auto& [name, value] : before) {
    if (!concerns(name)) continue;
    const std::string then = fact_text(before, name), today = fact_text(now, name);
    if (then != today)
      found.push_back(name + " was " + then + " and is " + (today.empty() ? "missing" : today));
  }
  return found;
}

std::string refusal(const std::string& what, const std::vector<std::string>& differences,
                    const std::string& advice) {
  return "this run cannot go on: " + what + ": " + join(differences, "; ") + ". " + advice;
}

// The schedules that would have been others all along in a run of the new length.
std::vector<std::string> open_schedules(const Spec& spec) {
  std::vector<std::string> found;
  for (const auto& [name, choice] : spec.train.optimizer)
    if (choice.rate().is_open()) found.push_back("train.optimizer." + name);
  if (spec.train.instance_noise.is_open()) found.emplace_back("train.instance_noise");
  for (const Term& term : spec.losses)
    if (term.spec.weight.is_open()) found.push_back("losses." + term.spec.name + ".weight");
  return found;
}

}  // namespace

void require_same_spec(const RunHeader& run, const Spec& spec, std::int64_t step) {
  const Value before = parse_yaml(run.spec_resolved, "the run's spec"),
              now = parse_yaml(spec.resolved, "the spec");
  std::vector<std::string> differences;
  find_differences("", &before, &now, differences);
  if (!differences.empty())
    throw SpecError(refusal("its spec changed", differences, "Begin a new run with the new spec."));
  if (spec.train.steps && *spec.train.steps < step)
    throw SpecError("train.steps: the run has come to step " + std::to_string(step) +
                    " already; it cannot end at step " + std::to_string(*spec.train.steps) + ".");
}

void warn_of_length(const RunHeader& run, const Spec& spec) {
  const Value before = parse_yaml(run.spec_resolved, "the run's spec"),
              now = parse_yaml(spec.resolved, "the spec");
  const std::vector<std::string> open = open_schedules(spec);
  const auto length = [](const Value& root, const char* key) {
    return shown(root.find("train")->find(key));
  };
  const bool same = length(before, "steps") == length(now, "steps") &&
                    length(before, "epochs") == length(now, "epochs");
  if (same || open.empty()) return;
  log::warn(
      "the run gets another length, which the schedules of " + join(open, ", ") +
      " follow: where they had begun to change it is not the run that had this length from the "
      "start, and verify cannot repeat it whole.");
}

namespace {

bool is_build(const std::string& name) {
  return name == "saddle_version" || name == "libsaddle/sha256" || matches(name, "build/", "") ||
         matches(name, "plugins/", "/sha256");
}

std::vector<std::string> changed_data(const RunHeader& run, const Facts& now) {
  return changes(run.provenance, now,
                 [](const std::string& name) { return name == "dataset/sha256"; });
}

void warn_of_machine(const RunHeader& run, const Facts& now) {
  const auto machine = changes(run.provenance, now, [](const std::string& name) {
    return name == "processor" || matches(name, "kernels/", "");
  });
  for (const std::string& change : machine)
    log::warn(change + ": the last bits of what is computed may differ.");
}

}  // namespace

void require_same_parts(const RunHeader& run, const Facts& now) {
  const auto parts = changes(run.provenance, now, is_build);
  if (!parts.empty())
    throw PluginError(refusal("the host or a plugin changed", parts,
                              "Put back what it began with, or begin a new run."));
  const std::vector<std::string> data = changed_data(run, now);
  if (!data.empty())
    throw DataError(refusal("its data changed", data,
                            "Put back the data that it began with, or begin a new run."));
  warn_of_machine(run, now);
}

void warn_of_other_parts(const RunHeader& run, const Facts& now) {
  for (const std::string& change : changes(run.provenance, now, is_build)) log::warn(change + ".");
  const std::vector<std::string> data = changed_data(run, now);
  if (!data.empty())
    throw DataError("the data are not those of the run: " + join(data, "; ") +
                    ". Put back the data that it had.");
  warn_of_machine(run, now);
}

}  // namespace saddle
