#include "experiment/repair.hpp"

#include "cli/commands.hpp"
#include "cli/run_argument.hpp"

#include <CLI/CLI.hpp>

#include <iostream>

namespace saddle::cli {

void add_repair(CLI::App& app, Environment&) {
  auto file = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand(
      "repair", "Make the log of a killed run readable by any reader, and say what was dropped.");
  add_run_argument(*command, *file);
  command->callback([file] { std::cout << repair_run(*file) << "\n"; });
}

}  // namespace saddle::cli
