#include "base/child_process.hpp"
#include "cli/commands.hpp"
#include "cli/run_argument.hpp"
#include "experiment/replay.hpp"
#include "experiment/run_difference.hpp"
#include "experiment/run_file.hpp"
#include "plugin/search_path.hpp"

#include <CLI/CLI.hpp>

#include <iostream>

namespace saddle::cli {
namespace {

struct Arguments {
  std::string first, second;
  bool replay = false;
};

// The step of the first difference, or nothing, in its first line; then what there is to say.
std::string compare(const Arguments& arguments) {
  const hdf5::File first = open_run(arguments.first), second = open_run(arguments.second);
  const RunComparison result = compare_runs(first, second);
  std::string text = result.difference
                         ? std::to_string(result.difference->step) +
                               "\nfirst difference: " + result.difference->text() + "\n"
                         : "\nno difference in " + std::to_string(result.records) + " records\n";
  for (const std::string& line : result.unmatched()) text += line + "\n";
  return text;
}

void diff(const Arguments& arguments, Environment& environment) {
  const std::string result = safely_in_child(
      arguments.first + " and " + arguments.second, [&] { return compare(arguments); },
      limits_for({arguments.first, arguments.second}));
  const std::size_t line = result.find('\n');
  std::cout << result.substr(line + 1);
  environment.exit_code = line > 0 ? 1 : 0;
  if (line == 0 || !arguments.replay) return;
  const Catalog catalog(plugin_search_path(environment.plugin_path));
  std::cout << replay(arguments.first, arguments.second, catalog,
                      std::stoll(result.substr(0, line)))
            << "\n";
}

}  // namespace

void add_diff(CLI::App& app, Environment& environment) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "diff", "Find the first number in which two runs differ, at the steps that both recorded.");
  add_run_argument(*command, arguments->first, "FIRST");
  add_run_argument(*command, arguments->second, "SECOND");
  command->add_flag(
      "--replay", arguments->replay,
      "run both again from their last equal state, to name the tensor and its element");
  command->callback([arguments, &environment] { diff(*arguments, environment); });
}

}  // namespace saddle::cli
