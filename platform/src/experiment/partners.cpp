#include "experiment/partners.hpp"

#include <saddle/base/error.hpp>

#include "base/child_process.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace saddle {
namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

template <class Kind>
std::vector<std::string> offers(const OpenPlugin<Kind>& plugin) {
  return plugin.factory->offers(plugin.options.get());
}

// The plugins of a kind that offer something by default, as text. Opens their libraries.
template <class Kind>
std::string offering(const std::string& kind, const std::string& need, const Catalog& catalog) {
  std::string found;
  for (const PluginNote& note : catalog.plugins()) {
    if (note.kind != kind) continue;
    try {
      if (contains(offers(open_plugin<Kind>(note)), need))
        found += (found.empty() ? "" : ", ") + kind + " '" + note.name + "'";
    } catch (const std::exception&) {
      continue;
    }
  }
  return found;
}

[[noreturn]] void refuse(const std::string& who, const std::string& need, const std::string& where,
                         const Catalog& catalog) {
  // Libraries that the spec does not name must not be able to harm the run.
  const ChildResult asked = in_child([&] {
    const std::string datasets = offering<kinds::dataset>("dataset", need, catalog);
    const std::string networks = offering<kinds::discriminator>("discriminator", need, catalog);
    return datasets + (datasets.empty() || networks.empty() ? "" : ", ") + networks;
  });
  const std::string others = asked.end == ChildResult::End::returned ? asked.text : "";
  throw SpecError(who + " needs '" + need + "', which " + where + " does not offer. " +
                  (others.empty()
                       ? "No plugin on the search path offers it with its default options."
                       : "It is offered by: " + others + "."));
}

}  // namespace

void check_latent(const Spec& spec, const Catalog& catalog) {
  for (const auto& [name, choice] : spec.latent)
    if (choice.label && !contains(offers(spec.dataset), "labels"))
      refuse("latent part '" + name + "'", "labels", spec.dataset.described(), catalog);
}

void check_partners(const Experiment& experiment, const Catalog& catalog) {
  const Spec& spec = experiment.spec;
  const std::vector<std::string> network = offers(spec.discriminator);
  std::vector<std::string> all = offers(spec.dataset);
  all.insert(all.end(), network.begin(), network.end());
  for (const LossTerm& term : experiment.losses)
    for (const std::string& need : term.loss->needs())
      if (!contains(network, need))
        refuse(term.described, need, spec.discriminator.described(), catalog);
  for (const MetricTerm& metric : experiment.metrics)
    for (const std::string& need : metric.metric->needs_offered())
      if (!contains(all, need))
        refuse(metric.described, need,
               spec.dataset.described() + " with " + spec.discriminator.described(), catalog);
}

}  // namespace saddle
