#include "experiment/provenance.hpp"

#include <saddle/base/hash.hpp>

#include "base/machine.hpp"
#include "base/text.hpp"
#include "plugin/build_check.hpp"
#include "tensor/kernels.hpp"

#include <filesystem>
#include <map>

namespace saddle {
namespace {

template <class Kind>
void add_plugin(Facts& facts, const OpenPlugin<Kind>& plugin) {
  const std::string at = "plugins/" + plugin.note.kind + "-" + plugin.note.name + "/";
  for (const auto& [path, value] : facts)
    if (path == at + "name") return;
  facts.emplace_back(at + "name", plugin.note.name);
  facts.emplace_back(at + "library", plugin.note.path);
  facts.emplace_back(at + "sha256", sha256_file(plugin.note.path));
}

// Bases of one name in several folders are numbered from the second on.
void add_bases(Facts& facts, const Spec& spec) {
  std::map<std::string, int> uses;
  for (const auto& [path, text] : spec.bases) {
    const std::string name = std::filesystem::path(path).filename().string();
    const int use = ++uses[name];
    facts.emplace_back("extends/" + (use > 1 ? std::to_string(use) + "/" : "") + name, text);
  }
}

}  // namespace

Facts provenance(const Experiment& experiment, const std::string& command_line) {
  Facts facts = {{"command_line", command_line},
                 {"saddle_version", std::string(SADDLE_VERSION)},
                 {"libsaddle/sha256", sha256_file(library_path())},
                 {"processor", processor_name()},
                 {"threads", static_cast<std::int64_t>(experiment.spec.threads)},
                 {"kernels/matmul", std::string(kernels::matmul_library())},
                 {"dataset/sha256", experiment.dataset->digest()},
                 {"dataset/scaling", experiment.dataset->scaling()},
                 {"folders/spec", experiment.spec.folder},
                 {"folders/bases", join(experiment.spec.base_folders, "\n")}};
  for (const auto& [what, value] : build_fields(host_build()))
    facts.emplace_back("build/" + what, value);
  add_bases(facts, experiment.spec);
  if (!experiment.spec.overrides.empty())
    facts.emplace_back("set", join(experiment.spec.overrides, "\n"));
  for (const SpeedVariable& variable : speed_variables())
    facts.emplace_back("environment/" + variable.name, variable.value);
  add_plugin(facts, experiment.spec.dataset);
  add_plugin(facts, experiment.spec.generator);
  add_plugin(facts, experiment.spec.discriminator);
  for (const Term& term : experiment.spec.losses) add_plugin(facts, term.plugin);
  for (const MetricUse& metric : experiment.spec.metrics) add_plugin(facts, metric.plugin);
  return facts;
}

}  // namespace saddle
