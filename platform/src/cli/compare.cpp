#include "cli/commands.hpp"
#include "cli/comparison_output.hpp"
#include "cli/number.hpp"
#include "cli/run_argument.hpp"

#include <CLI/CLI.hpp>

#include <iostream>

namespace saddle::cli {
namespace {

struct Arguments {
  std::vector<std::string> files, series;
  bool json = false;
};

}  // namespace

void add_compare(CLI::App& app, Environment&) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "compare", "Put the last values of runs side by side, those that differ in the seed as one.");
  add_run_argument(*command, arguments->files);
  command
      ->add_option(
          "--series", arguments->series,
          "what to compare, with commas between: a metric as modes, or one of its series as "
          "modes/modes, or losses/generator; by default every metric")
      ->type_name("NAME,...")
      ->delimiter(',')
      ->allow_extra_args(false);
  command->add_flag("--json", arguments->json, kJsonHelp);
  command->callback([arguments] {
    std::cout << comparison_of(arguments->files, arguments->series, arguments->json);
  });
}

}  // namespace saddle::cli
