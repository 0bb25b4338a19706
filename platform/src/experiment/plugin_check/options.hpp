#pragma once

#include <saddle/base/error.hpp>

#include "experiment/plugin_check/kinds.hpp"
#include "plugin/guard.hpp"
#include "plugin/registry.hpp"

#include <memory>
#include <string>
#include <vector>

namespace saddle::plugin_check {

// Reads "key=value" texts over the defaults. Throws SpecError for what the plugin does not take.
void read_options(const Schema& schema, void* options, const std::vector<std::string>& texts,
                  const std::string& plugin);

// Opens a candidate with its options.
template <class Kind>
OpenPlugin<Kind> open_candidate(const Candidate& candidate) {
  OpenPlugin<Kind> plugin = open_plugin<Kind>(candidate.note);
  read_options(plugin.factory->schema, plugin.options.get(), candidate.options, plugin.described());
  return plugin;
}

// Makes an instance. A SpecError says that the plugin is not for this setup.
template <class Kind>
std::unique_ptr<typename Kind::Contract> make_instance(const OpenPlugin<Kind>& plugin,
                                                       const typename Kind::Setup& setup) {
  return guarded({plugin.described(), "constructor"},
                 [&] { return plugin.factory->make(plugin.options.get(), setup); });
}

// The required options that are not given: "needs the option path", or "". Opens the library;
// throws PluginError where that fails and SpecError for options that the plugin does not take.
std::string missing_options(const Candidate& candidate);

// Every option is explained, every default is one that may be written, and the defaults written and
// read back are the same.
Outcome check_options(const Candidate& candidate);

}  // namespace saddle::plugin_check
