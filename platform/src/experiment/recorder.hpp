#pragma once

#include <saddle/base/pool.hpp>

#include "experiment/best_value.hpp"
#include "experiment/log_writer.hpp"
#include "experiment/sampler.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace saddle {

// Seconds spent in each phase of a run.
struct Phases {
  double training = 0, metrics = 0, samples = 0, log = 0;
};

// The log of a run that goes on.
struct Past {
  const hdf5::File& log;
  // Why it goes on, and how far it had come.
  Event event;
  std::int64_t from_step;
};

// Decides what is due at a step and writes it to the run file.
class Recorder {
 public:
  // Called with every number that is recorded, by its series.
  using Observer = std::function<void(const std::string& series, double value)>;

  Recorder(Experiment& experiment, const Trainer& trainer, Observer observer);

  // What the records to come depend on.
  void save(State& state) const;
  void restore(const State& state);

  // Begins the log of a run at its first step, or after restore() that of one that goes on, with
  // what its log held when the state was saved.
  void open(const std::string& path, const RunHeader& header, const Past* past = nullptr);

  // Records what is due at the trainer's step; everything where `last`. What was recorded at this
  // step already is not repeated.
  void record(bool last);
  // Vouches for what was recorded up to the trainer's step: once for a step, since a kill within a
  // second time could show half of it.
  void commit();
  void event(Event event);
  // Ends the file with what ended the run. What is not committed is not written.
  void abandon(Event event);
  // Does something on the thread of the log once all records are on the disk; see LogWriter.
  void then(std::function<void()> task, std::size_t bytes) { log_->then(std::move(task), bytes); }
  // Waits for it.
  void drain() { log_->drain(); }
  // Ends the file in order.
  void close();

  Phases& phases() { return phases_; }

 private:
  bool due(std::size_t table, std::int64_t every, bool last) const;
  void append(std::size_t table, PoolVector<double> series,
              const PoolVector<const void*>& arrays = {});
  void record_losses();
  void record_players(bool last);
  void record_metric(std::size_t index);
  void record_samples();
  void record_weights();
  void record_best();
  void record_state();
  void observe(const std::string& series, double value);
  PoolVector<const void*> weights() const;

  Experiment& experiment_;
  const Trainer& trainer_;
  Observer observer_;
  std::vector<Table> tables_;
  std::vector<std::string> loss_names_, player_names_;
  std::vector<std::vector<std::string>> player_series_;
  std::size_t first_metric_;  // the first metric's table
  Sampler sampler_;
  Phases phases_;
  std::optional<BestValue> best_;
  bool urgent_ = false;                 // what waits for the commit is not to wait for long
  std::vector<std::int64_t> recorded_;  // the last recorded step of each table
  RowCounts past_rows_;
  std::unique_ptr<LogWriter> log_;
};

}  // namespace saddle
