#include "cli/commands.hpp"
#include "cli/run_argument.hpp"
#include "experiment/run.hpp"
#include "plugin/search_path.hpp"

#include <CLI/CLI.hpp>

namespace saddle::cli {
namespace {

void resume(ResumeOptions options, Environment& environment) {
  const Catalog catalog(plugin_search_path(environment.plugin_path));
  options.command_line = environment.command_line;
  environment.exit_code = resume_run(options, catalog);
}

}  // namespace

void add_resume(CLI::App& app, Environment& environment) {
  auto options = std::make_shared<ResumeOptions>();
  CLI::App* command = app.add_subcommand(
      "resume", "Go on with a run that was interrupted or killed, from its last checkpoint.");
  allow_log(command->add_option("DIR", options->folder, "the folder of the run, or its run.h5")
                ->required());
  add_overrides(*command, options->overrides);
  command->callback([options, &environment] { resume(*options, environment); });
}

}  // namespace saddle::cli
