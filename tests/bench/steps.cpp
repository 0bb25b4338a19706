// bench_steps SPEC [KEY=VALUE...]: does of a run what `saddle run` does at each step, with its log
// on. It trains 100 steps and prints what they were as one line of JSON; then, for each line of
// stdin, it trains for that number of seconds and prints the seconds of each step as a JSON list.
#include <saddle/base/error.hpp>
#include <saddle/tensor/threads.hpp>

#include "autograd/node.hpp"
#include "base/machine.hpp"
#include "bench/allocations.hpp"
#include "experiment/progress.hpp"
#include "experiment/provenance.hpp"
#include "experiment/recorder.hpp"
#include "plugin/search_path.hpp"
#include "temporary_folder.hpp"

#include <chrono>
#include <cinttypes>
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

namespace {

using namespace saddle;

constexpr std::int64_t kFirstSteps = 100, kCountedSteps = 20;

RunHeader header_of(const Experiment& experiment) {
  const Spec& spec = experiment.spec;
  return {spec.name,   spec.seed,     now_text(),
          spec.source, spec.resolved, provenance(experiment, "bench_steps")};
}

// The part of a Session that its steps are made of.
class Steps {
 public:
  explicit Steps(Experiment& experiment)
      : experiment_(experiment),
        trainer_(experiment),
        progress_(experiment.steps, false),
        recorder_(experiment, trainer_, [this](const std::string& series, double value) {
          progress_.observe(series, value);
        }) {
    recorder_.open(folder_.file("run.h5"), header_of(experiment));
    recorder_.record(false);
  }
  ~Steps() { recorder_.close(); }
  Steps(const Steps&) = delete;
  Steps& operator=(const Steps&) = delete;

  void step() {
    recorder_.commit();
    trainer_.step();
    recorder_.record(false);
    progress_.show(trainer_.steps_done());
  }
  // Rows that wait for the disk would be counted as memory that is not given back.
  void settle() { recorder_.drain(); }

  // After the first steps.
  void describe() const {
    std::printf("{\"workload\": \"%s\", \"threads\": %zu, \"steps\": %" PRId64,
                experiment_.spec.name.c_str(), threads(), trainer_.steps_done());
    for (const char* player : {"generator", "discriminator"})
      std::printf(", \"%s\": {\"loss\": %.9g, \"digest\": \"%.0f\"}", player,
                  trainer_.losses().at(player), trainer_.statistics(player).back());
  }

 private:
  testing::TemporaryFolder folder_;
  Experiment& experiment_;
  Trainer trainer_;
  Progress progress_;
  Recorder recorder_;
};

// Counts of whole steady steps, divided by their number.
void count(Steps& steps) {
  steps.settle();
  const std::uint64_t nodes = nodes_made();
  const PoolCounts pool = pool_counts();
  testing::start_counting();
  for (std::int64_t i = 0; i < kCountedSteps; ++i) steps.step();
  const testing::RequestCounts requests = testing::stop_counting();
  const auto each = [](std::uint64_t total) {
    return static_cast<double>(total) / static_cast<double>(kCountedSteps);
  };
  std::printf(
      ", \"nodes\": %g, \"pool_requests\": %g, \"pool_misses\": %g, \"allocations\": "
      "{\"saddle\": {\"calls\": %g, \"bytes\": %g}, \"onednn\": {\"calls\": %g, \"bytes\": %g}}}\n",
      each(nodes_made() - nodes), each(pool_counts().requests - pool.requests),
      each(pool_counts().misses - pool.misses), each(requests.other.calls),
      each(requests.other.bytes), each(requests.onednn.calls), each(requests.onednn.bytes));
}

void time(Steps& steps, double seconds) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point begin = Clock::now();
  Clock::time_point before = begin;
  const char* separator = "[";
  while (std::chrono::duration<double>(before - begin).count() < seconds) {
    steps.step();
    const Clock::time_point now = Clock::now();
    std::printf("%s%.9f", separator, std::chrono::duration<double>(now - before).count());
    before = now;
    separator = ", ";
  }
  std::puts("]");
}

void run(const std::string& spec, const std::vector<std::string>& overrides) {
  const Catalog catalog(plugin_search_path({}));
  const auto experiment = make_experiment(read_spec(spec, catalog, overrides), catalog);
  set_threads(experiment->spec.threads);
  Steps steps(*experiment);
  for (std::int64_t i = 0; i < kFirstSteps; ++i) steps.step();
  steps.describe();
  count(steps);
  std::fflush(stdout);
  for (double seconds; std::cin >> seconds;) {
    time(steps, seconds);
    std::fflush(stdout);
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) {
    std::cerr << "usage: bench_steps SPEC [KEY=VALUE...]\n";
    return 2;
  }
  try {
    run(arguments[1], {arguments + 2, arguments + count});
    return 0;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 2;
  }
}
