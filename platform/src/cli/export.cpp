#include "report/export.hpp"

#include "base/child_process.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/run_argument.hpp"
#include "experiment/run_file.hpp"

#include <CLI/CLI.hpp>

namespace saddle::cli {

// Written in a child process, since the file may be anybody's.
void add_export(CLI::App& app, Environment&) {
  auto options = std::make_shared<ExportOptions>();
  CLI::App* command =
      app.add_subcommand("export", "Write the curves of a run as csv, its weights as safetensors.");
  add_run_argument(*command, options->run);
  command->add_option("--out", options->folder, "the folder for the files")->required();
  auto* const step = command->add_option("--step", options->step,
                                         "the step of the weights; by default the last kept");
  command->add_flag("--best", options->best, "the weights that log.best kept, not a step's")
      ->excludes(step);
  command->callback([options] {
    const std::string files = safely_in_child(
        options->run, [&] { return join(export_run(*options), "\n"); }, limits_for({options->run}));
    for (const std::string& file : split_lines(files)) log::info("wrote " + file);
  });
}

}  // namespace saddle::cli
