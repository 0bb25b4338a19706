#include "experiment/provenance.hpp"

#include <saddle/base/hash.hpp>

#include "base/text.hpp"
#include "plugin/build_check.hpp"
#include "tensor/kernels.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace saddle {
namespace {

using Facts = std::vector<std::pair<std::string, hdf5::Scalar>>;

std::string processor() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);)
    if (line.rfind("model name", 0) == 0) return line.substr(line.find(':') + 2);
  return "unknown";
}

template <class Kind>
void add_plugin(Facts& facts, const OpenPlugin<Kind>& plugin) {
  const std::string at = "plugins/" + plugin.note.kind + "-" + plugin.note.name + "/";
  for (const auto& [path, value] : facts)
    if (path == at + "name") return;
  facts.emplace_back(at + "name", plugin.note.name);
  facts.emplace_back(at + "library", plugin.note.path);
  facts.emplace_back(at + "sha256", sha256_file(plugin.note.path));
}

// Environment variables that change which kernels the libraries choose.
void add_environment(Facts& facts) {
  for (const char* name : {"OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "OPENBLAS_NUM_THREADS",
                           "OMP_NUM_THREADS", "OMP_WAIT_POLICY", "DNNL_MAX_CPU_ISA"})
    if (const char* value = std::getenv(name))
      facts.emplace_back(std::string("environment/") + name, std::string(value));
}

}  // namespace

std::vector<std::pair<std::string, hdf5::Scalar>> provenance(const Experiment& experiment,
                                                             const std::string& command_line) {
  Facts facts = {{"command_line", command_line},
                 {"saddle_version", std::string(SADDLE_VERSION)},
                 {"processor", processor()},
                 {"threads", static_cast<std::int64_t>(experiment.spec.threads)},
                 {"kernels/matmul", std::string(kernels::matmul_library())},
                 {"dataset/sha256", experiment.dataset->digest()},
                 {"dataset/scaling", experiment.dataset->scaling()}};
  for (const auto& [what, value] : build_fields(host_build()))
    facts.emplace_back("build/" + what, value);
  for (const auto& [path, text] : experiment.spec.bases)
    facts.emplace_back("extends/" + std::filesystem::path(path).filename().string(), text);
  if (!experiment.spec.overrides.empty())
    facts.emplace_back("set", join(experiment.spec.overrides, "\n"));
  add_environment(facts);
  add_plugin(facts, experiment.spec.dataset);
  add_plugin(facts, experiment.spec.generator);
  add_plugin(facts, experiment.spec.discriminator);
  for (const Term& term : experiment.spec.losses) add_plugin(facts, term.plugin);
  for (const MetricUse& metric : experiment.spec.metrics) add_plugin(facts, metric.plugin);
  return facts;
}

}  // namespace saddle
