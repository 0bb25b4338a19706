#include "base/text.hpp"
#include "cli/commands.hpp"
#include "experiment/experiment.hpp"
#include "plugin/search_path.hpp"

#include <CLI/CLI.hpp>

#include <iostream>

namespace saddle::cli {
namespace {

struct Arguments {
  std::string spec;
  std::vector<std::string> overrides;
  bool show_resolved = false;
};

void check(const Arguments& arguments, const Environment& environment) {
  const Catalog catalog(plugin_search_path(environment.plugin_path));
  const auto experiment =
      make_experiment(read_spec(arguments.spec, catalog, arguments.overrides), catalog);
  if (arguments.show_resolved)
    std::cout << line_difference(experiment->spec.defaults, experiment->spec.resolved);
  else
    std::cout << arguments.spec << ": ok, " << experiment->steps << " steps\n";
}

}  // namespace

void add_check(CLI::App& app, Environment& environment) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "check", "Do everything that comes before training, a dry pass of shapes included.");
  command->add_option("SPEC", arguments->spec, "the YAML file of the experiment")->required();
  add_overrides(*command, arguments->overrides);
  command->add_flag("--show-resolved", arguments->show_resolved,
                    "print the spec with every default, as a difference from the defaults");
  command->callback([arguments, &environment] { check(*arguments, environment); });
}

}  // namespace saddle::cli
