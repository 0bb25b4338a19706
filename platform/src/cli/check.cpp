#include "cli/commands.hpp"
#include "experiment/experiment.hpp"
#include "plugin/search_path.hpp"

#include <CLI/CLI.hpp>

#include <iostream>

namespace saddle::cli {

void add_check(CLI::App& app, Environment& environment) {
  auto spec = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand(
      "check", "Do everything that comes before training, a dry pass of shapes included.");
  command->add_option("SPEC", *spec, "the YAML file of the experiment")->required();
  command->callback([spec, &environment] {
    const Catalog catalog(plugin_search_path(environment.plugin_path));
    const auto experiment = make_experiment(read_spec(*spec, catalog), catalog);
    std::cout << *spec << ": ok, " << experiment->steps << " steps\n";
  });
}

}  // namespace saddle::cli
