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

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <utility>

namespace saddle::cli {
namespace {

using nlohmann::ordered_json;

struct Arguments {
  std::string kind, name;
  bool json = false, json_schema = false;
};

// An option with its type as a reader should see it.
struct Row {
  Option option;
  std::string type;
};

// What is described: a plugin, or the spec itself.
struct Subject {
  std::string kind, name, doc, library;
  std::vector<Row> own, common;
};

std::vector<Row> rows_of(const Schema& schema) {
  std::vector<Row> rows;
  for (Option& option : list_options(schema)) {
    const std::string type = option.field.type();
    rows.push_back({std::move(option), type});
  }
  return rows;
}

// What every plugin of a kind takes beside its own options.
Schema host_schema(const std::string& kind) {
  if (kind == "loss") return Schema::of<TermSpec>();
  if (kind == "metric") return Schema::of<MetricSpec>();
  return {};
}

// The same without the plugin's name, which is known where a plugin is described.
std::vector<Row> common_rows(const std::string& kind) {
  std::vector<Row> rows = rows_of(host_schema(kind));
  const auto is_name = [](const Row& row) { return row.option.path == "plugin"; };
  rows.erase(std::remove_if(rows.begin(), rows.end(), is_name), rows.end());
  return rows;
}

// The kind of the plugins that a key of a spec lists; "" for other keys.
std::string listed_kind(const std::string& key) {
  if (key == "losses") return "loss";
  return key == "metrics" ? "metric" : "";
}

// The keys of a spec. Its schema leaves the lists of plugins to their readers; what every item of
// them takes stands below each.
std::vector<Row> spec_rows() {
  std::vector<Row> rows;
  for (Row& row : rows_of(Schema::of<SpecSections>())) {
    const std::string key = row.option.path;
    std::vector<Row> items = rows_of(host_schema(listed_kind(key)));
    if (!items.empty()) row.type = "list of {plugin, ...}";
    rows.push_back(std::move(row));
    for (Row& item : items) {
      item.option.path = key + "[]." + item.option.path;
      rows.push_back(std::move(item));
    }
  }
  return rows;
}

Subject subject_of(const Arguments& arguments, const Catalog& catalog) {
  if (arguments.kind == "spec")
    return {"spec", "", "what an experiment's file may hold", "", spec_rows(), {}};
  if (arguments.name.empty())
    throw SpecError("describe: expected the name of a " + arguments.kind +
                    ". See: saddle plugins " + arguments.kind);
  const AnyPlugin plugin = open_any(
      catalog.find(arguments.kind, arguments.name, std::filesystem::current_path().string()));
  return {plugin.note.kind, plugin.note.name,        plugin.note.doc,
          plugin.note.path, rows_of(*plugin.schema), common_rows(arguments.kind)};
}

std::string range_text(const Limits& limits) {
  return number_text(limits.range->first) + " to " + number_text(limits.range->second);
}

void print_rows(const std::vector<Row>& rows) {
  for (const auto& [option, type] : rows) {
    const Field& field = option.field;
    std::cout << "\n  " << option.path << " (" << type;
    if (!field.unit().empty()) std::cout << ", " << field.unit();
    std::cout << ")\n      " << field.doc() << "\n      default: " << option.default_text;
    if (field.limits().range) std::cout << "; range: " << range_text(field.limits());
    if (!field.limits().choices.empty())
      std::cout << "; one of: " << join(field.limits().choices, ", ");
    std::cout << "\n";
  }
}

void print_text(const Subject& subject) {
  std::cout << subject.kind << (subject.name.empty() ? "" : " '" + subject.name + "'") << ": "
            << subject.doc << "\n";
  if (!subject.library.empty()) std::cout << subject.library << "\n";
  if (subject.own.empty())
    std::cout << "It takes no options" << (subject.common.empty() ? ".\n" : " of its own.\n");
  print_rows(subject.own);
  if (subject.common.empty()) return;
  std::cout << "\nEvery " << subject.kind << " takes:\n";
  print_rows(subject.common);
}

ordered_json json_of(const std::vector<Row>& rows) {
  ordered_json options = ordered_json::array();
  for (const auto& [listed, type] : rows) {
    const Field& field = listed.field;
    ordered_json option = {{"name", listed.path},
                           {"type", type},
                           {"doc", field.doc()},
                           {"unit", field.unit()},
                           {"default", listed.default_text}};
    if (field.limits().range)
      option["range"] = {field.limits().range->first, field.limits().range->second};
    if (!field.limits().choices.empty()) option["choices"] = field.limits().choices;
    options.push_back(std::move(option));
  }
  return options;
}

void print_json(const Subject& subject) {
  const ordered_json all = {{"kind", subject.kind},
                            {"name", subject.name},
                            {"doc", subject.doc},
                            {"library", subject.library},
                            {"options", json_of(subject.own)},
                            {"common_options", json_of(subject.common)}};
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
