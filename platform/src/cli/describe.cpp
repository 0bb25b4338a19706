#include <saddle/base/error.hpp>

#include "base/text.hpp"
#include "cli/any_plugin.hpp"
#include "cli/commands.hpp"
#include "cli/json_schema.hpp"
#include "cli/json_text.hpp"
#include "cli/option_list.hpp"
#include "experiment/spec_sections.hpp"
#include "plugin/search_path.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <iostream>

namespace saddle::cli {
namespace {

using nlohmann::ordered_json;

struct Arguments {
  std::string kind, name;
  bool json = false, json_schema = false;
};

// What is described: a plugin, or the spec itself.
struct Subject {
  std::string kind, name, doc, library;
  Schema schema;
};

Subject subject_of(const Arguments& arguments, const Catalog& catalog) {
  if (arguments.kind == "spec")
    return {"spec", "", "what an experiment's file may hold", "", Schema::of<SpecSections>()};
  if (arguments.name.empty())
    throw SpecError("describe: expected the name of a " + arguments.kind +
                    ". See: saddle plugins " + arguments.kind);
  const AnyPlugin plugin = open_any(
      catalog.find(arguments.kind, arguments.name, std::filesystem::current_path().string()));
  return {plugin.note.kind, plugin.note.name, plugin.note.doc, plugin.note.path, *plugin.schema};
}

std::string range_text(const Limits& limits) {
  return number_text(limits.range->first) + " to " + number_text(limits.range->second);
}

void print_text(const Subject& subject) {
  std::cout << subject.kind << (subject.name.empty() ? "" : " '" + subject.name + "'") << ": "
            << subject.doc << "\n";
  if (!subject.library.empty()) std::cout << subject.library << "\n";
  if (subject.schema.fields().empty()) std::cout << "It takes no options.\n";
  for (const Option& option : list_options(subject.schema)) {
    const Field& field = option.field;
    std::cout << "\n  " << option.path << " (" << field.type();
    if (!field.unit().empty()) std::cout << ", " << field.unit();
    std::cout << ")\n      " << field.doc() << "\n      default: " << option.default_text;
    if (field.limits().range) std::cout << "; range: " << range_text(field.limits());
    if (!field.limits().choices.empty())
      std::cout << "; one of: " << join(field.limits().choices, ", ");
    std::cout << "\n";
  }
}

void print_json(const Subject& subject) {
  ordered_json options = ordered_json::array();
  for (const Option& listed : list_options(subject.schema)) {
    const Field& field = listed.field;
    ordered_json option = {{"name", listed.path},
                           {"type", field.type()},
                           {"doc", field.doc()},
                           {"unit", field.unit()},
                           {"default", listed.default_text}};
    if (field.limits().range)
      option["range"] = {field.limits().range->first, field.limits().range->second};
    if (!field.limits().choices.empty()) option["choices"] = field.limits().choices;
    options.push_back(std::move(option));
  }
  const ordered_json all = {{"kind", subject.kind},
                            {"name", subject.name},
                            {"doc", subject.doc},
                            {"library", subject.library},
                            {"options", options}};
  std::cout << json_text(all) << "\n";
}

void print_json_schema(const Catalog& catalog) {
  std::vector<AnyPlugin> plugins;
  for (const PluginNote& note : catalog.plugins()) plugins.push_back(open_any(note));
  std::cout << json_text(spec_json_schema(plugins)) << "\n";
  std::cerr << "Save this as saddle.schema.json, and begin a spec beside it with\n"
               "# yaml-language-server: $schema=saddle.schema.json\n";
}

void describe(const Arguments& arguments, const Environment& environment) {
  const Catalog catalog(plugin_search_path(environment.plugin_path));
  if (arguments.json_schema) return print_json_schema(catalog);
  if (arguments.kind.empty())
    throw SpecError("describe: expected KIND NAME, or spec, or --json-schema.");
  const Subject subject = subject_of(arguments, catalog);
  if (arguments.json)
    print_json(subject);
  else
    print_text(subject);
}

}  // namespace

void add_describe(CLI::App& app, Environment& environment) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      app.add_subcommand("describe", "Explain a plugin and its options, or the keys of a spec.");
  std::vector<std::string> kinds = plugin_kinds();
  kinds.emplace_back("spec");
  command->add_option("KIND", arguments->kind, "its kind, or 'spec'")->check(CLI::IsMember(kinds));
  command->add_option("NAME", arguments->name, "its name, or the file of its library");
  command->add_flag("--json", arguments->json, "print one JSON object");
  command->add_flag(
      "--json-schema", arguments->json_schema,
      "print a JSON schema of specs with all plugins on the search path, for editors");
  command->callback([arguments, &environment] { describe(*arguments, environment); });
}

}  // namespace saddle::cli
