#pragma once

#include "experiment/checkpoint.hpp"
#include "experiment/progress.hpp"
#include "experiment/recorder.hpp"
#include "experiment/stop_rule.hpp"
#include "experiment/trainer.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace saddle {

// One process's part of a run: from its first step or a checkpoint to its end, with the run's log
// and checkpoints in its folder. Order of writing: checkpoint 0 before the log; from then on each
// checkpoint after the records that it counts, so that the log is never behind a checkpoint.
class Session {
 public:
  Session(std::unique_ptr<Experiment> experiment, RunHeader header, const std::string& folder);

  // Exactly one of the two comes first.
  void begin();
  void go_on(const Checkpoint& checkpoint);
  // How far to train: to this step, once there were as many rollbacks. A run that `ends_whole` has
  // records of its last step, as one that ends in order.
  struct Goal {
    std::int64_t step = INT64_MAX, rollbacks = 0;
    bool ends_whole = true;
  };
  // Trains to the end, or to the goal where that comes before. Returns the exit code: 0, or 130 and
  // 143 where SIGINT or SIGTERM ended it. Throws where training cannot go on; the log and the
  // checkpoints are valid then, too.
  int train(Goal goal);
  int train() { return train({}); }

 private:
  State capture() const;
  void restore(const State& state);
  void continue_log(Event why, std::int64_t from_step);
  void checkpoint(State state);
  void step();
  bool ended() const;
  int train_to_end();
  bool may_roll_back() const;
  void roll_back(const std::string& reason);
  struct End {
    Event event;
    std::string message;
    int exit_code;
  };
  End how_it_ended() const;
  void abandon(Event event) noexcept;

  std::unique_ptr<Experiment> experiment_;
  RunHeader header_;
  std::string log_path_;
  CheckpointStore store_;
  Trainer trainer_;
  Progress progress_;
  std::optional<StopRule> stop_;
  Recorder recorder_;
  std::int64_t rollbacks_ = 0;
  Goal goal_;
};

}  // namespace saddle
