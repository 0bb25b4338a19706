#include "experiment/partners.hpp"

#include <saddle/base/error.hpp>

#include "base/child_process.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace saddle {
namespace {

constexpr char kTestSplit[] = "test-split";

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Adds the plugins of a kind that offer something by default. Opens their libraries.
template <class Kind>
void add_offering(std::vector<std::string>& found, const char* kind, const std::string& need,
                  const Catalog& catalog) {
  for (const PluginNote& note : catalog.plugins()) {
    if (note.kind != kind) continue;
    try {
      const OpenPlugin<Kind> plugin = open_plugin<Kind>(note);
      if (contains(plugin.offers(), need)) found.push_back(plugin.described());
    } catch (const std::exception&) {
      continue;
    }
  }
}

std::string offering(const std::string& need, bool by_generator, const Catalog& catalog) {
  std::vector<std::string> found;
  if (by_generator) {
    add_offering<kinds::generator>(found, "generator", need, catalog);
  } else {
    add_offering<kinds::dataset>(found, "dataset", need, catalog);
    add_offering<kinds::discriminator>(found, "discriminator", need, catalog);
  }
  return join(found, ", ");
}

// `who` begins with its place; `where`: what the spec names and does not offer it.
[[noreturn]] void refuse(const std::string& who, const std::string& need, const std::string& where,
                         const Catalog& catalog, bool by_generator = false) {
  // Libraries that the spec does not name must not be able to harm the run, nor to hold it up.
  constexpr double kSeconds = 10;
  const ChildResult asked =
      in_child([&] { return offering(need, by_generator, catalog); }, {kSeconds, {}});
  const std::string others = asked.end == ChildResult::End::returned ? asked.text : "";
  throw SpecError(who + " needs '" + need + "', which " + where + " does not offer. " +
                  (others.empty()
                       ? "No plugin on the search path offers it with its default options."
                       : "It is offered by: " + others + "."));
}

}  // namespace

void check_latent(const Spec& spec, const Catalog& catalog) {
  for (const auto& [name, choice] : spec.latent)
    if (choice.label && !contains(spec.dataset.offers(), "labels"))
      refuse(spec.place({"latent", name}) + "latent part '" + name + "'", "labels",
             spec.dataset.described(), catalog);
}

void check_partners(const Experiment& experiment, const Catalog& catalog) {
  const Spec& spec = experiment.spec;
  const std::vector<std::string> network = spec.discriminator.offers();
  const std::vector<std::string> generator = spec.generator.offers();
  std::vector<std::string> all = spec.dataset.offers();
  all.insert(all.end(), network.begin(), network.end());
  for (const LossTerm& term : experiment.losses) {
    for (const std::string& need : term.loss->needs())
      if (!contains(network, need))
        refuse(term.place + term.described, need, spec.discriminator.described(), catalog);
    for (const std::string& need : term.loss->needs_of_generator())
      if (!contains(generator, need))
        refuse(term.place + term.described, need, spec.generator.described(), catalog, true);
  }
  if (experiment.dataset->size(Split::test) > 0) all.emplace_back(kTestSplit);
  for (const MetricTerm& metric : experiment.metrics)
    for (const std::string& need : metric.metric->needs_offered())
      if (need == kTestSplit && !contains(all, need))
        throw SpecError(metric.place + metric.described + " needs test samples, and " +
                        spec.dataset.described() +
                        " has none. Give it some: saddle describe dataset " +
                        spec.dataset.note.name + " lists its options.");
      else if (!contains(all, need))
        refuse(metric.place + metric.described, need,
               spec.dataset.described() + " with " + spec.discriminator.described(), catalog);
}

}  // namespace saddle
