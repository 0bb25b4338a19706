#include "experiment/verify.hpp"

#include "cli/commands.hpp"
#include "cli/run_argument.hpp"
#include "plugin/search_path.hpp"

#include <CLI/CLI.hpp>

#include <iostream>

namespace saddle::cli {
namespace {

struct Arguments {
  std::string file;
  std::optional<std::int64_t> windows;
};

void verify(const Arguments& arguments, Environment& environment) {
  const Catalog catalog(plugin_search_path(environment.plugin_path));
  const Verdict verdict = verify_run(arguments.file, catalog, arguments.windows);
  std::cout << verdict.text << "\n";
  environment.exit_code = verdict.exit_code;
}

}  // namespace

void add_verify(CLI::App& app, Environment& environment) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "verify", "Run an experiment again and compare it with its log, bit for bit.");
  add_run_argument(*command, arguments->file);
  command
      ->add_option("--windows", arguments->windows,
                   "verify so many stretches between stored states, not the whole run")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1000000000}));
  command->callback([arguments, &environment] { verify(*arguments, environment); });
}

}  // namespace saddle::cli
