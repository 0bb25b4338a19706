#include "experiment/partners.hpp"

#include <saddle/base/error.hpp>

#include "base/text.hpp"

#include <sys/wait.h>
#include <unistd.h>
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

// Runs `ask` in a child process, since libraries that the spec does not name must not be able to
// harm the run, and returns its text.
template <class Ask>
std::string in_child(Ask ask) {
  int ends[2];
  if (pipe(ends) != 0) return "";
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    const std::string text = ask();
    const ssize_t written = write(ends[1], text.data(), text.size());
    _exit(written < 0 ? 1 : 0);
  }
  close(ends[1]);
  std::string text;
  char buffer[4096];
  for (ssize_t count; child > 0 && (count = read(ends[0], buffer, sizeof buffer)) > 0;)
    text.append(buffer, static_cast<std::size_t>(count));
  close(ends[0]);
  if (child > 0) waitpid(child, nullptr, 0);
  return text;
}

[[noreturn]] void refuse(const std::string& who, const std::string& need, const std::string& where,
                         const Catalog& catalog) {
  const std::string others = in_child([&] {
    const std::string datasets = offering<kinds::dataset>("dataset", need, catalog);
    const std::string networks = offering<kinds::discriminator>("discriminator", need, catalog);
    return datasets + (datasets.empty() || networks.empty() ? "" : ", ") + networks;
  });
  throw SpecError(who + " needs '" + need + "', which " + where + " does not offer. " +
                  (others.empty() ? "No plugin on the search path offers it."
                                  : "It is offered by: " + others + "."));
}

}  // namespace

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
