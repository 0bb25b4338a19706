#include "experiment/stored_run.hpp"

#include <saddle/base/error.hpp>

#include "base/text.hpp"
#include "experiment/identity.hpp"
#include "experiment/provenance.hpp"
#include "experiment/yaml.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

namespace saddle {
namespace {

// The name of the plugin of a kind that the run loaded from a library.
std::string name_of(const std::string& kind, const std::string& library, const Facts& facts) {
  const std::string begin = "plugins/" + kind + "-", end = "/library";
  for (const auto& [fact, value] : facts) {
    if (fact.compare(0, begin.size(), begin) != 0 || value != hdf5::Scalar(library)) continue;
    const std::string name = fact_text(facts, fact.substr(0, fact.size() - end.size()) + "/name");
    if (!name.empty()) return name;
  }
  throw DataError("the run names the library " + library + " and not the " + kind +
                  " in it. It cannot be found on the plugin path.");
}

void name_plugin(const std::string& kind, Value& section, const Facts& facts) {
  Value* const plugin = section.find("plugin");
  if (plugin && plugin->text.find('/') != std::string::npos)
    *plugin = Value::scalar(name_of(kind, plugin->text, facts));
}

// Where the libraries of a run lay.
std::vector<std::string> plugin_folders(const Facts& facts) {
  std::set<std::string> folders;
  for (const auto& [name, value] : facts) {
    const std::filesystem::path fact(name);
    if (*fact.begin() == "plugins" && fact.filename() == "library")
      folders.insert(std::filesystem::path(fact_text(facts, name)).parent_path().string());
  }
  return {folders.begin(), folders.end()};
}

// Of the metrics, only those that are there now: the others are not missed.
RunHeader concerned(RunHeader header, const Facts& now) {
  const std::string begin = "plugins/metric-";
  Facts& facts = header.provenance;
  facts.erase(std::remove_if(facts.begin(), facts.end(),
                             [&](const auto& fact) {
                               const std::string& name = fact.first;
                               return name.compare(0, begin.size(), begin) == 0 &&
                                      fact_text(now, name).empty();
                             }),
              facts.end());
  return header;
}

}  // namespace

StoredSpec stored_spec(const RunHeader& header, const std::string& shown) {
  return {shown, header.spec_source, header.spec_resolved,
          fact_text(header.provenance, "folders/spec"),
          split_lines(fact_text(header.provenance, "folders/bases"))};
}

StoredSpec by_name(StoredSpec stored, const Facts& provenance) {
  Value root = parse_yaml(stored.resolved, stored.shown);
  for (const char* kind : {"dataset", "generator", "discriminator"})
    if (Value* const section = root.find(kind)) name_plugin(kind, *section, provenance);
  for (const auto& [key, kind] : {std::pair("losses", "loss"), std::pair("metrics", "metric")})
    if (Value* const list = root.find(key))
      for (Value& item : list->items) name_plugin(kind, item, provenance);
  stored.resolved = write_yaml(root);
  return stored;
}

Spec spec_again(const StoredSpec& stored, const Facts& facts, const Catalog& catalog,
                const std::vector<std::string>& overrides) {
  try {
    return read_stored_spec(stored, catalog, overrides);
  } catch (const PluginError& error) {
    throw PluginError(std::string(error.what()) + "\nThe run took its plugins from " +
                      join(plugin_folders(facts), ", ") +
                      ". Give such folders with --plugin-path, if you trust them.");
  }
}

std::unique_ptr<Experiment> experiment_again(const RunHeader& header, const std::string& path,
                                             const Catalog& catalog, bool begins_from_a_state) {
  Spec spec = spec_again(by_name(stored_spec(header, path + ": spec"), header.provenance),
                         header.provenance, catalog, {});
  if (begins_from_a_state) spec.train.init_from.reset();
  auto experiment = make_experiment(std::move(spec), catalog);
  warn_of_other_parts(header, provenance(*experiment, ""));
  return experiment;
}

std::unique_ptr<Experiment> experiment_with_metrics(const RunHeader& header,
                                                    const std::string& path, const Catalog& catalog,
                                                    Value metrics,
                                                    const std::vector<std::string>& overrides) {
  StoredSpec stored = by_name(stored_spec(header, path + ": spec"), header.provenance);
  Value root = parse_yaml(stored.resolved, stored.shown);
  root.set("metrics", std::move(metrics));
  if (Value* const train = root.find("train")) train->set("stop_when", Value{});
  if (Value* const log = root.find("log")) log->set("best", Value{});
  stored.resolved = write_yaml(root);
  Spec spec = spec_again(stored, header.provenance, catalog, overrides);
  spec.train.init_from.reset();
  auto experiment = make_experiment(std::move(spec), catalog);
  const Facts now = provenance(*experiment, "");
  warn_of_other_parts(concerned(header, now), now);
  return experiment;
}

}  // namespace saddle
