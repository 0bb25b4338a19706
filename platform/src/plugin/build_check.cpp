#include "plugin/build_check.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cstddef>

namespace saddle {
namespace {

// Enough of a digest to tell two apart by eye.
constexpr std::size_t kShownDigest = 12;

}  // namespace

const BuildId& host_build() { return kBuildId; }

std::vector<std::pair<std::string, std::string>> build_fields(const BuildId& build) {
  const auto text = [](const auto& field) { return std::string(field.view()); };
  return {{"SDK", text(build.sdk)},
          {"compiler", text(build.compiler)},
          {"standard library", text(build.standard_library)},
          {"C++ standard", text(build.cxx_standard)},
          {"instruction set", text(build.instruction_set)},
          {"scalar", text(build.scalar)},
          {"sanitizer", text(build.sanitizer)},
          {"xtensor", text(build.xtensor)}};
}

std::vector<std::string> differences(const BuildId& plugin, const BuildId& host) {
  const auto theirs = build_fields(plugin);
  const auto ours = build_fields(host);
  std::vector<std::string> found;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    const auto& [field, value] = ours[i];
    const std::string& other = theirs[i].second;
    if (other == value) continue;
    const std::size_t shown = field == "SDK" ? kShownDigest : std::string::npos;
    found.push_back(field + " " + other.substr(0, shown) + " (host " + value.substr(0, shown) +
                    ")");
  }
  return found;
}

std::string build_mismatch(const std::string& path, const std::vector<PluginNote>& notes) {
  std::vector<std::string> all;
  for (const PluginNote& note : notes) {
    for (const std::string& difference : differences(note.build, host_build())) {
      if (std::find(all.begin(), all.end(), difference) == all.end()) all.push_back(difference);
    }
  }
  if (all.empty()) return "";
  return path + " was built for another host: " + join(all, ", ") + ". Rebuild it.";
}

}  // namespace saddle
