#include "experiment/estimators/choice.hpp"

#include <saddle/base/error.hpp>

#include "base/text.hpp"
#include "experiment/yaml.hpp"

#include <algorithm>
#include <utility>

namespace saddle::estimators {
namespace {

// "ksg1.k=5"; `estimator` is empty where all are meant.
struct Setting {
  std::string text, estimator, key;
  Value value;
};

Setting parse(const std::string& text, const std::vector<std::string>& names) {
  const std::string source = "--set " + text;
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0)
    throw SpecError(source + ": expected OPTION=VALUE or ESTIMATOR.OPTION=VALUE, as in k=5.");
  const std::string path = text.substr(0, equals);
  const std::size_t dot = path.find('.');
  Setting setting{source, dot == std::string::npos ? "" : path.substr(0, dot),
                  dot == std::string::npos ? path : path.substr(dot + 1),
                  parse_yaml(text.substr(equals + 1), source)};
  if (dot != std::string::npos &&
      std::find(names.begin(), names.end(), setting.estimator) == names.end())
    throw SpecError(source + ": '" + setting.estimator + "' is none of the estimators: " +
                    join(names, ", ") + "." + suggestion(setting.estimator, names));
  return setting;
}

const Listed& find(info::Quantity quantity, const std::string& name) {
  std::vector<std::string> names;
  for (const Listed& listed : all()) {
    if (listed.quantity != quantity) continue;
    if (listed.card.name == name) return listed;
    names.push_back(listed.card.name);
  }
  throw SpecError("there is no estimator '" + name + "' of " + name_of(quantity) + "." +
                  suggestion(name, names) + " There are: " + join(names, ", ") + ".");
}

// What the options of a choice are read into and written from.
std::vector<Target> targets(Choice& choice, const Schema& resampling, const Schema& baseline) {
  std::vector<Target> list = {{&choice.listed->schema, choice.options.get()},
                              {&resampling, &choice.resampling}};
  if (choice.listed->quantity == info::Quantity::mi) list.push_back({&baseline, &choice.baseline});
  return list;
}

void read_settings(Choice& choice, const std::vector<Setting>& settings) {
  const Schema resampling = Schema::of<info::Resampling>(), baseline = Schema::of<info::Baseline>();
  for (const Setting& setting : settings) {
    if (!setting.estimator.empty() && setting.estimator != choice.listed->card.name) continue;
    Value mapping = Value::mapping();
    mapping.mark.source = std::make_shared<const std::string>(setting.text);
    Value value = setting.value;
    value.mark = mapping.mark;
    mapping.set(setting.key, std::move(value));
    Problems problems(setting.text);
    read_mapping(mapping, targets(choice, resampling, baseline),
                 {"estimator '" + choice.listed->card.name + "'", "option", ""}, problems);
    problems.throw_if_any();
  }
}

}  // namespace

Assessed Choice::assess(const info::Sample& sample) const {
  const Bound bound = listed->bind(options.get());
  Assessed found{info::assess(bound.estimator, listed->card.name, sample, resampling, baseline)};
  if (bound.chosen) found.chosen = *bound.chosen;
  return found;
}

Value Choice::settings() const {
  Value mapping = write_mapping(listed->schema, options.get());
  const auto add = [&](const Value& more) {
    for (const saddle::Entry& option : more.entries) mapping.set(option.key, option.value);
  };
  add(write_mapping(Schema::of<info::Resampling>(), &resampling));
  if (listed->quantity == info::Quantity::mi)
    add(write_mapping(Schema::of<info::Baseline>(), &baseline));
  return mapping;
}

std::vector<Choice> choose(info::Quantity quantity, const std::vector<std::string>& names,
                           const std::vector<std::string>& settings) {
  std::vector<Setting> parsed;
  std::vector<Choice> choices;
  for (const std::string& name : names) {
    const Listed& listed = find(quantity, name);
    Choice choice{&listed, listed.default_options(), {}, {}};
    choice.resampling.error = listed.card.error;
    choice.baseline.permutations = listed.card.permutations;
    choices.push_back(std::move(choice));
  }
  for (const std::string& text : settings) parsed.push_back(parse(text, names));
  for (Choice& choice : choices) read_settings(choice, parsed);
  return choices;
}

}  // namespace saddle::estimators
