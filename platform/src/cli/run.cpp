#include "experiment/run.hpp"

#include "cli/commands.hpp"
#include "plugin/search_path.hpp"
#include "tensor/kernels.hpp"

#include <CLI/CLI.hpp>

#include <future>

namespace saddle::cli {
namespace {

struct Arguments {
  std::string spec;
  std::vector<std::string> overrides;
  RunOptions options;
};

void run(const Arguments& arguments, Environment& environment) {
  // Some 20 ms, in which the spec is read.
  const std::future<void> warm = std::async(std::launch::async, kernels::warm_up);
  const Catalog catalog(plugin_search_path(environment.plugin_path));
  Spec spec = read_spec(arguments.spec, catalog, arguments.overrides);
  // What follows may ask a child process, which needs a process of one thread.
  warm.wait();
  auto experiment = make_experiment(std::move(spec), catalog);
  RunOptions options = arguments.options;
  options.command_line = environment.command_line;
  if (options.folder.empty())
    options.folder = "runs/" + experiment->spec.name + "-s" + std::to_string(experiment->spec.seed);
  environment.exit_code = run_experiment(std::move(experiment), options);
}

}  // namespace

void add_run(CLI::App& app, Environment& environment) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("run", "Train the experiment of a spec.");
  command->add_option("SPEC", arguments->spec, "the YAML file of the experiment")->required();
  add_overrides(*command, arguments->overrides);
  command->add_option("--out", arguments->options.folder,
                      "the run's folder; runs/<name>-s<seed> by default");
  command->add_flag("--overwrite", arguments->options.overwrite, "write into an existing folder");
  command->callback([arguments, &environment] { run(*arguments, environment); });
}

}  // namespace saddle::cli
