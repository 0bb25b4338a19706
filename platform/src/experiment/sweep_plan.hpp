#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace saddle {

// A key of a spec and the values that a sweep gives it, each a line of YAML.
struct SweepAxis {
  std::string key;
  std::vector<std::string> values;
};

// "losses.r1.gamma=[1, 10]" as an axis. Throws SpecError for anything else than a list of different
// values.
SweepAxis read_axis(const std::string& text);
// The seeds first, first + 1, ...
SweepAxis seed_axis(std::uint64_t first, std::size_t count);

// One run of a sweep.
struct SweepRun {
  std::string folder;               // its name: what it sets, as "losses.r1.gamma=1,seed=2"
  std::vector<std::string> values;  // one for each axis
  std::vector<std::string> overrides;
};

// Every combination, the last axis fastest. A folder's name does not depend on what other values
// there are. Throws SpecError for two axes of one key and for more than 100,000 runs.
std::vector<SweepRun> plan_sweep(const std::vector<SweepAxis>& axes);

}  // namespace saddle
