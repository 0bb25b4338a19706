#include <saddle/base/error.hpp>

#include "base/log.hpp"
#include "cli/commands.hpp"
#include "cli/json_text.hpp"
#include "plugin/catalog.hpp"
#include "plugin/search_path.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>

namespace saddle::cli {
namespace {

struct Arguments {
  std::string kind;
  bool json = false;
};

// Twins of the kind that is listed.
std::vector<PluginTwins> twins_of(const std::string& kind, const Catalog& catalog) {
  std::vector<PluginTwins> twins;
  for (PluginTwins& same : catalog.twins())
    if (kind.empty() || same.kind == kind) twins.push_back(std::move(same));
  return twins;
}

void print_json(const std::vector<PluginNote>& notes, const std::vector<PluginTwins>& twins,
                const Catalog& catalog) {
  nlohmann::ordered_json plugins = nlohmann::ordered_json::array(),
                         problems = nlohmann::ordered_json::array(),
                         same_name = nlohmann::ordered_json::array();
  for (const PluginNote& note : notes)
    plugins.push_back(
        {{"kind", note.kind}, {"name", note.name}, {"doc", note.doc}, {"library", note.path}});
  for (const PluginProblem& problem : catalog.problems())
    problems.push_back({{"path", problem.path}, {"message", problem.message}});
  for (const PluginTwins& same : twins)
    same_name.push_back({{"kind", same.kind},
                         {"name", same.name},
                         {"libraries", same.paths},
                         {"message", same.message()}});
  std::cout << json_text({{"plugins", plugins}, {"problems", problems}, {"twins", same_name}})
            << "\n";
}

// Says of a plugin whose name others have which one it is.
std::string mark_of(const PluginNote& note, const Catalog& catalog) {
  const std::size_t count = catalog.libraries_of(note.kind, note.name).size();
  if (count == 1) return "";
  return " (one of " + std::to_string(count) + " of this name: " + note.path + ")";
}

void print_table(const std::vector<PluginNote>& notes, const std::vector<PluginTwins>& twins,
                 const Catalog& catalog) {
  std::size_t kind_width = 0, name_width = 0;
  for (const PluginNote& note : notes) {
    kind_width = std::max(kind_width, note.kind.size());
    name_width = std::max(name_width, note.name.size());
  }
  const auto cell = [](const std::string& text, std::size_t width) {
    return text + std::string(width + 2 - text.size(), ' ');
  };
  for (const PluginNote& note : notes)
    std::cout << cell(note.kind, kind_width) << cell(note.name, name_width) << note.doc
              << mark_of(note, catalog) << "\n";
  for (const PluginProblem& problem : catalog.problems()) log::warn(problem.message);
  for (const PluginTwins& same : twins) log::warn(same.message());
}

void run(const Arguments& arguments, const Environment& environment) {
  const Catalog catalog(plugin_folders(environment.plugin_path));
  std::vector<PluginNote> notes;
  for (const PluginNote& note : catalog.plugins())
    if (arguments.kind.empty() || note.kind == arguments.kind) notes.push_back(note);
  std::stable_sort(notes.begin(), notes.end(), [](const PluginNote& a, const PluginNote& b) {
    return std::tie(a.kind, a.name) < std::tie(b.kind, b.name);
  });
  const std::vector<PluginTwins> twins = twins_of(arguments.kind, catalog);
  if (arguments.json)
    print_json(notes, twins, catalog);
  else
    print_table(notes, twins, catalog);
}

}  // namespace

void add_plugins(CLI::App& app, Environment& environment) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      app.add_subcommand("plugins", "List the plugins on the search path; none is opened.");
  command->add_option("KIND", arguments->kind, "only this kind")
      ->check(CLI::IsMember({"generator", "discriminator", "loss", "metric", "dataset"}));
  command->add_flag("--json", arguments->json, "print one JSON object");
  command->callback([arguments, &environment] { run(*arguments, environment); });
}

}  // namespace saddle::cli
