#include "experiment/replay.hpp"

#include <saddle/tensor/threads.hpp>

#include "base/text.hpp"
#include "experiment/run_file.hpp"
#include "experiment/state_table.hpp"
#include "experiment/stored_run.hpp"
#include "experiment/trainer.hpp"

#include <algorithm>
#include <memory>
#include <optional>

namespace saddle {
namespace {

// The last state, not after `last`, that two files hold alike.
std::optional<State> last_equal_state(const hdf5::File& first, const hdf5::File& second,
                                      std::int64_t last) {
  if (!first.has_group("states") || !second.has_group("states")) return std::nullopt;
  const StateTable a(first), b(second);
  for (std::size_t row = a.steps().size(); row-- > 0;) {
    const std::int64_t step = a.steps()[row];
    const auto other = std::find(b.steps().begin(), b.steps().end(), step);
    if (step > last || other == b.steps().end()) continue;
    State state = a.read(row);
    const auto place = static_cast<std::size_t>(other - b.steps().begin());
    if (!first_difference(state, b.read(place))) return state;
  }
  return std::nullopt;
}

// A run of a file, that goes on from a state or begins.
class Replayed {
 public:
  Replayed(const std::string& path, const Catalog& catalog, const std::optional<State>& from)
      : experiment_(experiment_again(read_header(open_run(path), kRunFormat), path, catalog,
                                     from.has_value())),
        trainer_(*experiment_) {
    set_threads(experiment_->spec.threads);
    if (from) trainer_.restore(*from);
  }
  std::int64_t steps_done() const { return trainer_.steps_done(); }
  void step() { trainer_.step(); }
  State state() const {
    State state;
    trainer_.save(state);
    return state;
  }

 private:
  std::unique_ptr<Experiment> experiment_;
  Trainer trainer_;
};

}  // namespace

std::string replay(const std::string& first, const std::string& second, const Catalog& catalog,
                   std::int64_t last) {
  const std::optional<State> from = last_equal_state(open_run(first), open_run(second), last);
  Replayed a(first, catalog, from), b(second, catalog, from);
  const std::string begin = "replayed from step " + std::to_string(a.steps_done());
  while (true) {
    const auto difference = first_difference(a.state(), b.state());
    if (difference)
      return begin + ": they part at step " + std::to_string(a.steps_done()) + ", " +
             difference->place + ": " + number_text(difference->first) + " in the first, " +
             number_text(difference->second) + " in the second";
    if (a.steps_done() >= last)
      return begin + " to step " + std::to_string(last) +
             ": they are the same; saddle verify tells which file is not what its spec gives";
    a.step();
    b.step();
  }
}

}  // namespace saddle
