#include <saddle/base/error.hpp>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "plugin/registry.hpp"
#include "plugin/search_path.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <iostream>

namespace saddle::cli {
namespace {

struct Arguments {
  std::string kind, name;
  bool json = false;
};

// A value as one would write it in a spec.
std::string spec_text(const Value& value) {
  std::vector<std::string> parts;
  switch (value.kind) {
    case Value::Kind::null:
      return "null";
    case Value::Kind::scalar:
      return value.text;
    case Value::Kind::sequence:
      for (const Value& item : value.items) parts.push_back(spec_text(item));
      return "[" + join(parts, ", ") + "]";
    case Value::Kind::mapping:
      break;
  }
  for (const Entry& entry : value.entries)
    parts.push_back(entry.key + ": " + spec_text(entry.value));
  return "{" + join(parts, ", ") + "}";
}

struct Described {
  PluginNote note;
  const Schema* schema;
  std::shared_ptr<void> defaults;
};

template <class Kind>
Described open(const PluginNote& note) {
  const OpenPlugin<Kind> plugin = open_plugin<Kind>(note);
  return {note, &plugin.factory->schema, plugin.options};
}

Described open_any(const PluginNote& note) {
  if (note.kind == "generator") return open<kinds::generator>(note);
  if (note.kind == "discriminator") return open<kinds::discriminator>(note);
  if (note.kind == "loss") return open<kinds::loss>(note);
  if (note.kind == "metric") return open<kinds::metric>(note);
  return open<kinds::dataset>(note);
}

std::string range_text(const Limits& limits) {
  if (!limits.range) return "";
  return number_text(limits.range->first) + " to " + number_text(limits.range->second);
}

std::string default_text(const Field& field, const void* defaults) {
  return field.is_required() ? "required" : spec_text(field.write(defaults));
}

void print_text(const Described& plugin) {
  std::cout << plugin.note.kind << " '" << plugin.note.name << "': " << plugin.note.doc << "\n"
            << plugin.note.path << "\n";
  if (plugin.schema->fields().empty()) std::cout << "It takes no options.\n";
  for (const Field& field : plugin.schema->fields()) {
    std::cout << "\n  " << field.name() << " (" << field.type();
    if (!field.unit().empty()) std::cout << ", " << field.unit();
    std::cout << ")\n      " << field.doc()
              << "\n      default: " << default_text(field, plugin.defaults.get());
    if (field.limits().range) std::cout << "; range: " << range_text(field.limits());
    if (!field.limits().choices.empty())
      std::cout << "; one of: " << join(field.limits().choices, ", ");
    std::cout << "\n";
  }
}

void print_json(const Described& plugin) {
  nlohmann::ordered_json options = nlohmann::ordered_json::array();
  for (const Field& field : plugin.schema->fields()) {
    nlohmann::ordered_json option = {{"name", field.name()},
                                     {"type", field.type()},
                                     {"doc", field.doc()},
                                     {"unit", field.unit()},
                                     {"default", default_text(field, plugin.defaults.get())}};
    if (field.limits().range)
      option["range"] = {field.limits().range->first, field.limits().range->second};
    if (!field.limits().choices.empty()) option["choices"] = field.limits().choices;
    options.push_back(std::move(option));
  }
  std::cout << nlohmann::ordered_json{{"kind", plugin.note.kind},
                                      {"name", plugin.note.name},
                                      {"doc", plugin.note.doc},
                                      {"library", plugin.note.path},
                                      {"options", options}}
                   .dump(2)
            << "\n";
}

}  // namespace

void add_describe(CLI::App& app, Environment& environment) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("describe", "Explain a plugin and its options.");
  command->add_option("KIND", arguments->kind, "its kind")
      ->required()
      ->check(CLI::IsMember({"generator", "discriminator", "loss", "metric", "dataset"}));
  command->add_option("NAME", arguments->name, "its name, or the file of its library")->required();
  command->add_flag("--json", arguments->json, "print one JSON object");
  command->callback([arguments, &environment] {
    const Catalog catalog(plugin_search_path(environment.plugin_path));
    const Described plugin = open_any(
        catalog.find(arguments->kind, arguments->name, std::filesystem::current_path().string()));
    if (arguments->json)
      print_json(plugin);
    else
      print_text(plugin);
  });
}

}  // namespace saddle::cli
