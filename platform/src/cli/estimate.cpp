#include <saddle/base/error.hpp>
#include <saddle/tensor/threads.hpp>

#include "base/log.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/estimate_list.hpp"
#include "cli/estimate_output.hpp"
#include "cli/estimate_run.hpp"
#include "cli/number.hpp"
#include "cli/run_argument.hpp"
#include "io/number_file.hpp"

#include <CLI/CLI.hpp>

#include <chrono>
#include <iostream>

namespace saddle::cli {
namespace {

struct Arguments {
  std::string quantity, x, y, unit = "nats";
  std::string run, metric;
  std::vector<std::string> estimators, settings;
  std::optional<std::uint64_t> threads;
  bool json = false, list = false;
};

info::Quantity quantity_of(const Arguments& arguments) {
  for (const auto quantity : {info::Quantity::entropy, info::Quantity::kl, info::Quantity::mi})
    if (estimators::name_of(quantity) == arguments.quantity) return quantity;
  throw SpecError(
      "estimate: expected what to estimate: entropy, kl or mi. See: saddle estimate "
      "--list");
}

void check_usage(const Arguments& arguments) {
  const std::string where = "estimate " + arguments.quantity + ": ";
  if (arguments.estimators.empty())
    throw SpecError(where + "expected --estimator NAME[,NAME...]. See: saddle estimate " +
                    arguments.quantity + " --list");
  const bool takes_y = arguments.quantity != "entropy";
  if (arguments.x.empty() || (takes_y && arguments.y.empty()))
    throw SpecError(where + (takes_y ? "expected --x FILE and --y FILE." : "expected --x FILE."));
  if (!takes_y && !arguments.y.empty())
    throw SpecError(where + "it is of one sample. Leave out --y.");
}

// Each row flattened.
Matrix read_points(const std::string& where) {
  NumberArray array = read_numbers(where);
  if (array.shape.empty() || array.values.empty())
    throw DataError(where + ": expected rows of numbers [n, ...], found an array of shape " +
                    shape_text(array.shape) + ".");
  Matrix points(0, 0);
  points.rows = array.shape[0];
  points.columns = array.values.size() / points.rows;
  points.values = std::move(array.values);
  return points;
}

EstimateRow timed(const estimators::Choice& choice, const info::Sample& sample) {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  EstimateRow row{&choice, choice.assess(sample), 0};
  row.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  if (row.found.estimate.has("ties"))
    log::warn(choice.listed->card.name + ": " + number_text(row.found.estimate.duplicates * 100) +
              " % of the rows equal another one; an estimator of densities is not made for them.");
  return row;
}

void check_run_usage(const Arguments& arguments) {
  if (arguments.run.empty() || arguments.metric.empty())
    throw SpecError("estimate: expected --run RUN.h5 and --metric NAME, one with the other.");
  if (!arguments.quantity.empty() || !arguments.estimators.empty() || !arguments.x.empty() ||
      !arguments.y.empty() || arguments.list)
    throw SpecError(
        "estimate --run: the metric says what is estimated, and of what. Leave out QUANTITY, "
        "--estimator, --x, --y and --list.");
}

void estimate(Arguments arguments, Environment& environment) {
  if (!arguments.run.empty() || !arguments.metric.empty()) {
    check_run_usage(arguments);
    return estimate_of_run({arguments.run, arguments.metric, arguments.settings, arguments.threads},
                           arguments.unit, arguments.json, environment);
  }
  if (arguments.list)
    return arguments.json ? print_estimators_json(arguments.quantity)
                          : print_estimators(arguments.quantity);
  const info::Quantity quantity = quantity_of(arguments);
  if (quantity == info::Quantity::mi && arguments.estimators.empty())
    arguments.estimators = {"auto"};
  check_usage(arguments);
  const std::vector<estimators::Choice> choices =
      estimators::choose(quantity, arguments.estimators, arguments.settings);
  const info::Sample sample{read_points(arguments.x),
                            arguments.y.empty() ? Matrix(0, 0) : read_points(arguments.y)};
  set_threads(arguments.threads.value_or(1));
  std::vector<EstimateRow> rows;
  for (const estimators::Choice& choice : choices) rows.push_back(timed(choice, sample));
  if (arguments.json)
    print_json(rows, arguments.unit);
  else
    print_table(rows, arguments.unit);
}

void add_data_options(CLI::App& command, Arguments& arguments) {
  command.add_option("--x", arguments.x,
                     "the sample: FILE.npy, FILE.csv, FILE.csv:COLUMN,... or FILE.h5:/DATASET; "
                     "rows are points. Of a table of steps, 'run.h5:/samples/generated[0]' is the "
                     "first record, [-1] the last");
  command.add_option("--y", arguments.y,
                     "for kl the sample of the other law, for mi the other half of the pairs");
  allow_folder(
      command.add_option("--run", arguments.run,
                         "instead of data: the run.h5 of a run, to be measured at the weights and "
                         "states that it holds"));
  command.add_option("--metric", arguments.metric,
                     "the name of a metric that the run logged, or of any metric plugin");
}

}  // namespace

void add_estimate(CLI::App& app, Environment& environment) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "estimate",
      "Estimate entropy, KL from x's law to y's, or mutual information from data; measure runs.");
  command->add_option("QUANTITY", arguments->quantity, "entropy, kl or mi")
      ->check(CLI::IsMember({"entropy", "kl", "mi"}));
  command
      ->add_option("--estimator", arguments->estimators,
                   "the estimators, with commas between; for mi auto by default")
      ->type_name("NAME,...")
      ->delimiter(',')
      ->allow_extra_args(false);
  add_data_options(*command, *arguments);
  command
      ->add_option(
          "--set", arguments->settings,
          "an option of every estimator, as k=5, or of one, as ksg1.k=5, or of the metric; may be "
          "repeated")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  command->add_option("--unit", arguments->unit, "nats, the default, or bits")
      ->check(CLI::IsMember({"nats", "bits"}));
  command
      ->add_option("--threads", arguments->threads,
                   "1 by default, of a run its own; no value depends on it")
      ->check(CLI::Range(1, 1024));
  command->add_flag("--json", arguments->json, kJsonHelp);
  command->add_flag("--list", arguments->list,
                    "say what each estimator is for, its cost, limits and options");
  command->callback([arguments, &environment] { estimate(*arguments, environment); });
}

}  // namespace saddle::cli
