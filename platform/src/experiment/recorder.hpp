#pragma once

#include "experiment/best_value.hpp"
#include "experiment/run_log.hpp"
#include "experiment/sampler.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace saddle {

// Seconds spent in each phase of a run.
struct Phases {
  double training = 0, metrics = 0, samples = 0, log = 0;
};

// Decides what is due at a step and writes it to the run file.
class Recorder {
 public:
  // Called with every number that is recorded, by its series.
  using Observer = std::function<void(const std::string& series, double value)>;

  Recorder(const std::string& path, const RunHeader& header, Experiment& experiment,
           const Trainer& trainer, Observer observer);

  // Records what is due at the trainer's step; everything where `last`. What was recorded at this
  // step already is not repeated.
  void record(bool last);
  void event(Event event);
  // Ends the file in order.
  void close();

  Phases& phases() { return phases_; }

 private:
  bool due(std::size_t table, std::int64_t every, bool last) const;
  void append(std::size_t table, const std::vector<double>& series,
              const std::vector<const void*>& arrays = {});
  void record_losses();
  void record_player(std::size_t index);
  void record_metric(std::size_t index);
  void record_samples();
  void record_weights();
  void record_best();
  void observe(const std::string& series, double value);
  std::vector<const void*> weights() const;

  Experiment& experiment_;
  const Trainer& trainer_;
  Observer observer_;
  std::vector<std::string> loss_names_, player_names_;
  std::size_t first_metric_;  // the first metric's table
  Sampler sampler_;
  Phases phases_;
  std::optional<BestValue> best_;
  std::vector<std::int64_t> recorded_;  // the last recorded step of each table
  std::unique_ptr<RunLog> log_;
};

}  // namespace saddle
