#include "experiment/sweep.hpp"

#include "cli/commands.hpp"
#include "cli/comparison_output.hpp"
#include "cli/number.hpp"
#include "experiment/spec.hpp"
#include "plugin/search_path.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <optional>
#include <thread>

namespace saddle::cli {
namespace {

struct Arguments {
  SweepOptions options;
  std::vector<std::string> axes;
  std::optional<std::size_t> seeds, jobs;
  bool json = false;
};

bool varies_the_seed(const std::vector<SweepAxis>& axes) {
  return std::any_of(axes.begin(), axes.end(),
                     [](const SweepAxis& axis) { return axis.key == "seed"; });
}

// Side by side, those that have a log.
void print_what_came_out(const SweepOptions& options, bool json) {
  std::vector<std::string> logs;
  for (const SweepRun& run : plan_sweep(options.axes)) {
    const std::string log = options.folder + "/" + run.folder + "/run.h5";
    if (std::filesystem::exists(log)) logs.push_back(log);
  }
  if (json || !logs.empty()) std::cout << comparison_of(logs, {}, json);
}

void sweep(const Arguments& arguments, Environment& environment) {
  const Catalog catalog(plugin_search_path(environment.plugin_path));
  SweepOptions options = arguments.options;
  const Spec spec = read_spec(options.spec, catalog, options.overrides);
  for (const std::string& axis : arguments.axes) options.axes.push_back(read_axis(axis));
  if (arguments.seeds || !varies_the_seed(options.axes))
    options.axes.push_back(seed_axis(spec.seed, arguments.seeds.value_or(1)));
  const std::size_t processors = std::max(1U, std::thread::hardware_concurrency());
  options.jobs = arguments.jobs.value_or(std::max<std::size_t>(1, processors / spec.threads));
  options.plugin_path = environment.plugin_path;
  if (options.folder.empty()) options.folder = "runs/" + spec.name + "-sweep";
  environment.exit_code = run_sweep(options, catalog);
  print_what_came_out(options, arguments.json);
}

}  // namespace

void add_sweep(CLI::App& app, Environment& environment) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "sweep", "Train every combination of seeds and settings of a spec, and put them in a table.");
  command->add_option("SPEC", arguments->options.spec, "the YAML file of the experiment")
      ->required();
  command
      ->add_option("--vary", arguments->axes,
                   "values for a key of the spec, as losses.r1.gamma=[1, 10]; may be repeated, for "
                   "every combination")
      ->type_name("KEY=[VALUE, ...]")
      ->allow_extra_args(false);
  command
      ->add_option("--seeds", arguments->seeds,
                   "train each with so many seeds, from the spec's on; 1 by default")
      ->check(CLI::Range(1, 100000));
  add_overrides(*command, arguments->options.overrides);
  command->add_option("--out", arguments->options.folder,
                      "the sweep's folder; runs/<name>-sweep by default");
  command
      ->add_option("--jobs", arguments->jobs,
                   "runs at the same time; by default as many as the processors can take")
      ->check(CLI::Range(1, 1024));
  command->add_flag("--json", arguments->json, kJsonHelp);
  command->callback([arguments, &environment] { sweep(*arguments, environment); });
}

}  // namespace saddle::cli
