#include <saddle/base/error.hpp>
#include <saddle/io/number_array.hpp>

#include "base/log.hpp"
#include "cli/commands.hpp"
#include "cli/json_text.hpp"
#include "cli/number.hpp"
#include "cli/run_argument.hpp"
#include "experiment/progress.hpp"
#include "experiment/signals.hpp"
#include "experiment/stored_generator.hpp"
#include "io/npy_writer.hpp"
#include "io/png_writer.hpp"
#include "plugin/search_path.hpp"
#include "report/image_grid.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <unistd.h>
#include <cmath>
#include <filesystem>
#include <functional>
#include <iostream>
#include <optional>

namespace saddle::cli {
namespace {

// As in specs.
constexpr std::uint64_t kLargestSeed = std::uint64_t{1} << 53;

struct Arguments {
  GenerationRequest request;
  std::string output, latent_output;
  std::optional<std::size_t> columns;
  bool json = false;
};

bool is_picture(const Arguments& arguments) {
  return std::filesystem::path(arguments.output).extension() == ".png";
}

void check_usage(const Arguments& arguments) {
  const std::string extension = std::filesystem::path(arguments.output).extension().string();
  if (extension != ".npy" && extension != ".png")
    throw SpecError("--output " + arguments.output +
                    ": expected a name that ends in .npy (numbers) or .png (a picture).");
  const std::string& latent = arguments.latent_output;
  if (!latent.empty() && std::filesystem::path(latent).extension() != ".npy")
    throw SpecError("--save-latent " + latent + ": expected a name that ends in .npy.");
  if (!latent.empty() && latent == arguments.output)
    throw SpecError("--save-latent " + latent + ": is the file of the samples. Take another name.");
  if (arguments.columns && !is_picture(arguments))
    throw SpecError("--columns: only a picture has columns. Leave it out, or write a .png file.");
}

std::vector<std::uint64_t> stored_shape(std::size_t count, const Shape& row) {
  std::vector<std::uint64_t> shape = {count};
  shape.insert(shape.end(), row.begin(), row.end());
  return shape;
}

using Take = std::function<void(std::size_t first, const StoredGenerator::Rows&)>;

void for_chunks(StoredGenerator& generator, const Take& take) {
  Progress progress(static_cast<std::int64_t>(generator.count()), isatty(STDERR_FILENO) != 0,
                    "sample");
  for (std::size_t first = 0; first < generator.count(); first += Sampler::kChunk) {
    if (Signals::received() != 0) return;
    const StoredGenerator::Rows rows = generator.rows_from(first);
    take(first, rows);
    const std::size_t taken = rows.samples.shape(0);
    progress.show(static_cast<std::int64_t>(first + taken), static_cast<std::int64_t>(taken));
  }
}

// Nothing where a signal came.
void write(const Arguments& arguments, StoredGenerator& generator) {
  const Shapes& shapes = generator.shapes();
  std::optional<NpyWriter> latents, samples;
  std::optional<ImageGrid> grid;
  const std::size_t count = generator.count();
  if (is_picture(arguments)) {
    const auto [low, high] = generator.data_range();
    const double side = std::sqrt(static_cast<double>(count));
    const auto columns =
        arguments.request.interpolate ? count : static_cast<std::size_t>(std::ceil(side));
    grid.emplace(shapes.sample, count, arguments.columns.value_or(columns), low, high);
  } else {
    samples.emplace(arguments.output, stored_shape(count, shapes.sample), sizeof(Scalar));
  }
  if (!arguments.latent_output.empty())
    latents.emplace(arguments.latent_output, stored_shape(count, shapes.latent), sizeof(Scalar));
  for_chunks(generator, [&](std::size_t first, const StoredGenerator::Rows& rows) {
    if (grid) grid->add(first, rows.samples);
    if (samples) samples->write(rows.samples.data(), rows.samples.size());
    if (latents) latents->write(rows.latent.data(), rows.latent.size());
  });
  if (Signals::received() != 0) return;
  if (grid) write_png(arguments.output, grid->picture());
  if (samples) samples->finish();
  if (latents) latents->finish();
}

void sample(const Arguments& arguments, Environment& environment) {
  check_usage(arguments);
  const Catalog catalog(plugin_search_path(environment.plugin_path));
  StoredGenerator generator(arguments.request, catalog);
  if (!arguments.request.step && !arguments.request.best &&
      generator.step() < generator.last_step())
    log::warn("the run has come to step " + std::to_string(generator.last_step()) +
              ", and the last weights in its log are of step " + std::to_string(generator.step()) +
              "; log.weights.every keeps more, and a run that ends in order those of its end.");
  const Signals signals;
  write(arguments, generator);
  if (Signals::received() != 0) {
    environment.exit_code = 128 + Signals::received();
    return log::error("interrupted; nothing was written.");
  }
  const std::vector<std::uint64_t> shape =
      stored_shape(generator.count(), generator.shapes().sample);
  if (arguments.json)
    std::cout << json_text({{"run", arguments.request.run},
                            {"file", arguments.output},
                            {"step", generator.step()},
                            {"seed", generator.seed()},
                            {"shape", shape}})
              << "\n";
  else
    log::info("wrote " + arguments.output + ": samples " + shape_text(shape) + " of step " +
              std::to_string(generator.step()) + ", seed " + std::to_string(generator.seed()));
}

void add_latent_options(CLI::App& command, Arguments& arguments) {
  command
      .add_option("--latent", arguments.request.settings,
                  "hold a part of the latent: c=3 is category 3, c=each takes them in turns, z=0 "
                  "or z=[0.5, -1] are numbers; may be repeated")
      ->type_name("PART=VALUE")
      ->allow_extra_args(false);
  command.add_flag("--interpolate", arguments.request.interpolate,
                   "draw a path from one latent to another, N samples long");
  command
      .add_option("--seed", arguments.request.seed,
                  "of the random numbers; by default the run's, which gives the rows that the "
                  "run logs")
      ->check(CLI::Range(std::uint64_t{0}, kLargestSeed));
  command.add_option("--save-latent", arguments.latent_output,
                     "write the latents, too: a .npy file [N, latent], the parts in the order of "
                     "the spec that the run keeps");
}

}  // namespace

void add_sample(CLI::App& app, Environment& environment) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "sample",
      "Draw samples from the generator of a run, of its moving average where it has one.");
  add_run_argument(*command, arguments->request.run);
  command->add_option("-o,--output", arguments->output, "FILE.npy, or FILE.png for images")
      ->required();
  command->add_option("--count", arguments->request.count, "how many")
      ->required()
      ->check(CLI::Range(1, 1000000000));
  auto* const step = command->add_option(
      "--step", arguments->request.step,
      "the step whose weights it has, of those that the run kept; by default the last");
  command
      ->add_flag("--best", arguments->request.best, "the weights that log.best kept, not a step's")
      ->excludes(step);
  add_latent_options(*command, *arguments);
  command
      ->add_option("--columns", arguments->columns,
                   "images in a line of the picture; by default a square, or one line with "
                   "--interpolate")
      ->check(CLI::Range(1, 1000000));
  command
      ->add_option("--threads", arguments->request.threads,
                   "by default the run's; no value depends on it")
      ->check(CLI::Range(1, 1024));
  command->add_flag("--json", arguments->json, kJsonHelp);
  command->callback([arguments, &environment] { sample(*arguments, environment); });
}

}  // namespace saddle::cli
