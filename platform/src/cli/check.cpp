#include <saddle/base/error.hpp>

#include "base/text.hpp"
#include "cli/check_plugin.hpp"
#include "cli/commands.hpp"
#include "experiment/experiment.hpp"
#include "plugin/search_path.hpp"

#include <CLI/CLI.hpp>

#include <iostream>

namespace saddle::cli {
namespace {

struct Arguments {
  std::string spec, plugin;
  std::vector<std::string> overrides;
  bool show_resolved = false, json = false;
  double seconds = PluginCheckSettings{}.seconds;
};

void check_spec(const Arguments& arguments, const Environment& environment) {
  const Catalog catalog(plugin_search_path(environment.plugin_path));
  const auto experiment =
      make_experiment(read_spec(arguments.spec, catalog, arguments.overrides), catalog);
  if (arguments.show_resolved)
    std::cout << line_difference(experiment->spec.defaults, experiment->spec.resolved);
  else
    std::cout << arguments.spec << ": ok, " << experiment->steps << " steps\n";
}

void check(const Arguments& arguments, const Environment& environment) {
  if (arguments.spec.empty() == arguments.plugin.empty())
    throw SpecError(
        "check: expected SPEC, the file of an experiment, or --plugin LIBRARY.so: one of them, and "
        "not both.");
  if (arguments.plugin.empty()) return check_spec(arguments, environment);
  check_plugin(arguments.plugin, {arguments.seconds, arguments.overrides}, arguments.json);
}

void add_plugin_options(CLI::App& command, Arguments& arguments) {
  CLI::Option* plugin = command.add_option(
      "--plugin", arguments.plugin, "hold every plugin of this library (.so) against its contract");
  command.add_flag("--json", arguments.json, "print one JSON object, with --plugin")->needs(plugin);
  command
      .add_option("--timeout", arguments.seconds,
                  "seconds for each check of --plugin, 20 by default")
      ->check(CLI::Range(0.1, 1e6))
      ->needs(plugin);
}

}  // namespace

void add_check(CLI::App& app, Environment& environment) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "check",
      "Do everything that comes before training, a dry pass of shapes included; or check plugins.");
  command->add_option("SPEC", arguments->spec, "the YAML file of the experiment");
  add_overrides(*command, arguments->overrides);
  command->get_option("--set")->description(
      "change a value of the spec, as train.steps=100, or an option of the plugins, as "
      "path=points.npy; may be repeated");
  CLI::Option* resolved =
      command->add_flag("--show-resolved", arguments->show_resolved,
                        "print the spec with every default, as a difference from the defaults");
  add_plugin_options(*command, *arguments);
  resolved->excludes("--plugin");
  command->callback([arguments, &environment] { check(*arguments, environment); });
}

}  // namespace saddle::cli
