#include "experiment/verify.hpp"

#include <saddle/base/error.hpp>
#include <saddle/tensor/threads.hpp>

#include "base/text.hpp"
#include "experiment/run_difference.hpp"
#include "experiment/run_file.hpp"
#include "experiment/session.hpp"
#include "experiment/signals.hpp"
#include "experiment/state_table.hpp"
#include "experiment/stored_run.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <utility>
#include <vector>

namespace saddle {
namespace {

namespace fs = std::filesystem;

// A new folder, removed with everything in it.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (fs::temp_directory_path() / "saddle-verify-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr)
      throw DataError(fs::temp_directory_path().string() + ": no folder can be made in it.");
    path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string up_to(std::int64_t step) { return "up to step " + std::to_string(step); }

// What differs may be due to a resume with more steps, before which schedules followed fewer.
std::string extension(const RunHeader& header) {
  for (int number = 1;; ++number) {
    const std::string at = "resumes/" + std::to_string(number) + "/";
    const std::string set = fact_text(header.provenance, at + "set");
    if (set.empty()) return "";
    if (set.find("steps") != std::string::npos || set.find("epochs") != std::string::npos)
      return " It was given more steps (" + set + ") when it was resumed: schedules that follow " +
             "the length of the run were others before, and such a run cannot be repeated whole.";
  }
}

// Whether it has the records that a run makes only because it ends. One that was killed in the
// midst of them has come to an earlier step than its last event, also where a repair moved that.
bool ended_whole(const hdf5::File& run, std::int64_t last) {
  const std::optional<Event> event = last_event(run);
  if (event != Event::finished && event != Event::stopped && event != Event::interrupted)
    return false;
  const std::vector<std::int64_t> steps = whole_numbers(run.dataset("events/step")),
                                  moved_from = whole_numbers(run.dataset("events/from_step"));
  return !steps.empty() && steps.back() == last && !moved_from.empty() && moved_from.back() < 0;
}

// What differs between a file and its repetition, to follow "differs"; "" where nothing does.
std::string differences(const RunComparison& result) {
  std::vector<std::string> parts = result.unmatched();
  for (std::string& steps : result.unmatched_steps()) parts.push_back(std::move(steps));
  const std::string unmatched = join(parts, "; ");
  if (!result.difference) return unmatched.empty() ? "" : ": " + unmatched;
  return " at " + result.difference->text() + (unmatched.empty() ? "" : "; " + unmatched);
}

Verdict verify_whole(const std::string& path, std::unique_ptr<Experiment> experiment,
                     const RunHeader& header) {
  const std::int64_t last = committed_step(open_run(path));
  const TemporaryFolder folder;
  // A signal ends it in order, so that the folder is removed.
  const Signals signals;
  Session session(std::move(experiment), header, folder.path());
  session.begin();
  // What a rollback changed is found where it was made: at a step that may lie after the last one.
  session.train(
      {last, count_events(open_run(path), Event::rolled_back), ended_whole(open_run(path), last)});
  if (Signals::received() != 0)
    return {path + ": interrupted before it was compared.", 128 + Signals::received()};
  const hdf5::File before = open_run(path), again = open_run(folder.path() + "/run.h5");
  const RunComparison result = compare_runs(before, again, last);
  if (const std::string found = differences(result); !found.empty())
    return {path + ": differs" + found + " (the first is the file, the second was run now)." +
                extension(header),
            1};
  return {
      path + ": the same in " + std::to_string(result.records) + " records " + up_to(last) + ".",
      0};
}

// Trains from one stored state to the next; returns what differs there, "" where nothing does.
std::string verify_window(const StateTable& states, std::size_t row, Trainer& trainer) {
  trainer.restore(states.read(row));
  const State expected = states.read(row + 1);
  while (trainer.steps_done() < expected.step) trainer.step();
  State found;
  trainer.save(found);
  const auto difference = first_difference(expected, found);
  if (!difference) return "";
  return "from step " + std::to_string(states.steps()[row]) + " to step " +
         std::to_string(expected.step) + ": " + difference->place + ": " +
         number_text(difference->first) + " is stored, " + number_text(difference->second) +
         " was found";
}

Verdict verify_windows(const std::string& path, Experiment& experiment, const RunHeader& header,
                       std::int64_t windows) {
  const hdf5::File run = open_run(path);
  if (!run.has_group("states") || StateTable(run).steps().size() < 2)
    throw SpecError(path +
                    ": holds no two states to verify between. Set log.states.every in the "
                    "spec, or verify the whole run.");
  const StateTable states(run);
  const auto stretches = static_cast<std::int64_t>(states.steps().size()) - 1;
  const std::int64_t count = std::min(windows, stretches);
  Trainer trainer(experiment);
  for (std::int64_t i = 0; i < count; ++i) {
    const auto row = static_cast<std::size_t>((2 * i + 1) * stretches / (2 * count));
    const std::string difference = verify_window(states, row, trainer);
    if (!difference.empty()) return {path + ": differs " + difference + "." + extension(header), 1};
  }
  return {path + ": the same in " + std::to_string(count) + " of " + std::to_string(stretches) +
              " stretches between its states.",
          0};
}

}  // namespace

Verdict verify_run(const std::string& path, const Catalog& catalog,
                   std::optional<std::int64_t> windows) {
  const RunHeader header = read_header(open_run(path), kRunFormat);
  auto experiment = experiment_again(header, path, catalog, windows.has_value());
  set_threads(experiment->spec.threads);
  if (windows) return verify_windows(path, *experiment, header, *windows);
  return verify_whole(path, std::move(experiment), header);
}

}  // namespace saddle
