#pragma once

#include <saddle/plugin/plugin.hpp>

#include "plugin/catalog.hpp"
#include "plugin/guard.hpp"
#include "plugin/library.hpp"

#include <memory>
#include <string>

namespace saddle {

// One plugin that a spec names, opened.
template <class Kind>
struct OpenPlugin {
  PluginNote note;
  const Factory<Kind>* factory;
  // The options as the spec gives them, over the defaults.
  std::shared_ptr<void> options;
  // Where the spec names it, for messages: "spec.yaml:5:10: ".
  std::string place = {};

  // "generator 'mlp'".
  std::string described() const { return note.kind + " '" + note.name + "'"; }
  // What it offers with these options.
  std::vector<std::string> offers() const { return factory->offers(options.get()); }
};

// Opens the library of a plugin and asks it for its factory. Throws PluginError.
template <class Kind>
OpenPlugin<Kind> open_plugin(const PluginNote& note) {
  const auto ask = reinterpret_cast<const void* (*)()>(open_symbol(note.path, note.symbol));
  const auto* factory = static_cast<const Factory<Kind>*>(
      guarded(note.kind + " '" + note.name + "' (options)", [&] { return ask(); }));
  return {note, factory, factory->default_options(), {}};
}

}  // namespace saddle
