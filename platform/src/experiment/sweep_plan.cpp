#include "experiment/sweep_plan.hpp"

#include <saddle/base/error.hpp>
#include <saddle/base/hash.hpp>

#include "base/text.hpp"
#include "experiment/yaml.hpp"

#include <algorithm>
#include <cctype>
#include <set>

namespace saddle {
namespace {

constexpr std::size_t kMostRuns = 100000;
// Of the 255 bytes that file systems give a name.
constexpr std::size_t kLongestName = 180;

// Letters, digits and harmless marks stay; where others were replaced or cut off, the first digits
// of a digest keep the names apart.
std::string folder_name(const std::string& text) {
  std::string name;
  for (const char c : text.substr(0, kLongestName)) {
    const bool stays = std::isalnum(static_cast<unsigned char>(c)) != 0 ||
                       std::string("._=+-,").find(c) != std::string::npos;
    if (stays || name.empty() || name.back() != '_') name += stays ? c : '_';
  }
  return name == text ? name : name + "-" + sha256_hex(text).substr(0, 8);
}

SweepRun run_of(const std::vector<SweepAxis>& axes, std::size_t number) {
  SweepRun run;
  for (std::size_t i = axes.size(); i-- > 0;) {
    const std::vector<std::string>& values = axes[i].values;
    run.values.insert(run.values.begin(), values[number % values.size()]);
    number /= values.size();
  }
  for (std::size_t i = 0; i < axes.size(); ++i)
    run.overrides.push_back(axes[i].key + "=" + run.values[i]);
  run.folder = folder_name(join(run.overrides, ","));
  return run;
}

}  // namespace

SweepAxis read_axis(const std::string& text) {
  const std::string option = "--vary " + text;
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0)
    throw SpecError(option + ": expected KEY=[VALUE, ...], as in losses.r1.gamma=[1, 10].");
  const std::string list_text = text.substr(equals + 1);
  const Value list = list_text.empty() ? Value{} : parse_yaml(list_text, option);
  if (list.kind != Value::Kind::sequence || list.items.empty())
    throw SpecError(option + ": expected a list of values, as in losses.r1.gamma=[1, 10]; found " +
                    (list.items.empty() && list.kind == Value::Kind::sequence ? "an empty one"
                                                                              : describe(list)) +
                    ".");
  SweepAxis axis{text.substr(0, equals), {}};
  for (const Value& item : list.items) {
    axis.values.push_back(write_yaml_line(item));
    if (std::count(axis.values.begin(), axis.values.end(), axis.values.back()) > 1)
      throw SpecError(option + ": has the value " + axis.values.back() + " twice. Give it once.");
  }
  return axis;
}

SweepAxis seed_axis(std::uint64_t first, std::size_t count) {
  SweepAxis axis{"seed", {}};
  for (std::size_t i = 0; i < count; ++i) axis.values.push_back(std::to_string(first + i));
  return axis;
}

std::vector<SweepRun> plan_sweep(const std::vector<SweepAxis>& axes) {
  std::set<std::string> keys;
  std::size_t count = 1;
  for (const SweepAxis& axis : axes) {
    if (!keys.insert(axis.key).second)
      throw SpecError("the key " + axis.key + " is varied twice. Give all its values in one list.");
    count *= axis.values.size();
    if (count > kMostRuns)
      throw SpecError("these are more than " + std::to_string(kMostRuns) +
                      " runs. Vary fewer values.");
  }
  std::vector<SweepRun> runs;
  for (std::size_t number = 0; number < count; ++number) runs.push_back(run_of(axes, number));
  return runs;
}

}  // namespace saddle
