#include "experiment/run_difference.hpp"
#include "experiment/run_file.hpp"
#include "experiment/run_layout.hpp"
#include "experiment/run_log.hpp"
#include "experiment/state_table.hpp"
#include "fuzz/input_file.hpp"
#include "fuzz/made_file.hpp"

using namespace saddle;
using hdf5::Element;

namespace {

constexpr std::uint64_t kRows = 3;

void make_run(std::string_view input, const std::string& path) {
  fuzz::MadeFile made(input, path);
  made.attribute("format", std::string(kRunFormat));
  made.attribute("format_version", std::int64_t{1});
  made.attribute("name", std::string("fuzz"));
  made.attribute("seed", std::uint64_t{1});
  made.attribute("created", std::string("2024-01-02T03:04:05Z"));
  made.attribute("saddle_version", std::string("0.1.0"));
  made.scalar("spec/source", std::string("name: fuzz\n"));
  made.scalar("spec/resolved", std::string("name: fuzz\n"));
  made.scalar("provenance/compiler", std::string("clang"));
  made.scalar("provenance/plugins/loss-bce/sha256", std::string("ab"));
  made.scalar("provenance/threads", std::int64_t{1});
  made.scalar("progress/step", std::int64_t{2});
  made.numbers("losses/step", Element::int64, {kRows}, {0, 1, 2});
  made.numbers("losses/generator", Element::float64, {kRows}, {1, 0.5, 0.25});
  made.numbers("samples/step", Element::int64, {kRows}, {0, 1, 2});
  made.numbers("samples/generated", Element::float32, {kRows, 1, 2}, {1, 2, 3, 4, 5, 6});
  made.fixed_numbers("samples/real", Element::float32, {1, 2}, {1, 2});
  made.numbers("events/step", Element::int64, {2}, {0, 2});
  made.numbers("events/kind", Element::int64, {2}, {0, 2});
  made.numbers("events/from_step", Element::int64, {2}, {-1, -1});
  made.dimension("samples/sample_1", 1, "samples/generated", 1);
  made.dimension("samples/feature_2", 2, "samples/generated", 2);
  made.dimension("samples/real_1", 1, "samples/real", 0);
  made.dimension("samples/values_2", 2, "samples/real", 1);
  made.numbers("states/step", Element::int64, {2}, {0, 2});
  made.numbers("states/rate-scale", Element::float64, {2}, {1, 0.5});
  made.numbers("states/generator/w", Element::float32, {2, 3}, {1, 2, 3, 4, 5, 6});
  made.dimension("states/out_3", 3, "states/generator/w", 1);
  made.extras({"/", "provenance", "losses", "samples", "provenance/plugins", "states"});
}

std::string log_path() { return "/dev/shm/saddle-fuzz-log-" + std::to_string(getpid()); }

// The log of a run that is resumed, which takes over the past of the same tables.
void take_over(const hdf5::File& past) {
  Table losses{"losses", {{"generator", "nats"}}, {}, {}};
  const Axis sample{"sample", 1}, feature{"feature", 2};
  Table samples{"samples", {}, {{"generated", {sample, feature}}}, {{"real", {sample, feature}}}};
  RunLog log(log_path(), {}, {losses, samples}, Element::float32);
  log.take_over(past, {kRows, kRows, 2}, 2, 2);
  log.event(2, Event::resumed);
}

// The log of a run that is repaired, whose tables are those of the file.
void copy(const hdf5::File& past) {
  const RunLayout layout = read_layout(past);
  RunLog log(log_path(), read_header(past, kRunFormat), layout.tables, layout.element);
  log.take_over(past, layout.rows, layout.step, layout.step);
}

void read_states(const hdf5::File& run) {
  const StateTable states(run);
  for (std::size_t row = 0; row < states.steps().size(); ++row)
    first_difference(states.read(row), states.read(0));
}

void compare(const hdf5::File& run, const hdf5::File& sound) {
  for (const auto& result : {compare_runs(run, sound), compare_runs(sound, run)})
    if (result.difference) result.difference->text();
}

void read(const hdf5::File& run, const hdf5::File& sound) {
  fuzz::try_to([&] { read_header(run, kRunFormat); });
  fuzz::try_to([&] { committed_step(run); });
  fuzz::try_to([&] {
    if (const auto event = last_event(run)) event_name(*event);
  });
  for (const char* table : {"losses", "samples", "events"})
    fuzz::try_to([&] { committed_steps(run, run.group(table)); });
  fuzz::try_to([&] { take_over(run); });
  fuzz::try_to([&] { copy(run); });
  fuzz::try_to([&] { read_states(run); });
  fuzz::try_to([&] { compare(run, sound); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::InputFile file("run"), sound("sound");
  [[maybe_unused]] static const bool made = (make_run("", sound.path()), true);
  make_run(fuzz::view(data, size), file.path());
  return fuzz::try_to([&] { read(open_run(file.path()), open_run(sound.path())); });
}
