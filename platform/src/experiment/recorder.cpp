#include "experiment/recorder.hpp"

#include "experiment/measure.hpp"
#include "experiment/player_series.hpp"
#include "experiment/run_file.hpp"
#include "experiment/run_tables.hpp"
#include "tensor/parallel.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace saddle {
namespace {

// Adds the time until the end of the scope to a phase.
class Timed {
 public:
  explicit Timed(double& seconds) : seconds_(seconds) {}
  ~Timed() {
    seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }
  Timed(const Timed&) = delete;
  Timed& operator=(const Timed&) = delete;

 private:
  double& seconds_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

// What the numbers of each player are observed as.
std::vector<std::vector<std::string>> observed_players(const std::vector<std::string>& players) {
  std::vector<std::vector<std::string>> names;
  for (const std::string& player : players) {
    names.emplace_back();
    for (const SeriesInfo& info : player_series(player))
      names.back().push_back("players/" + player + "/" + info.name);
  }
  return names;
}

State state_of(const Trainer& trainer) {
  State state;
  trainer.save(state);
  return state;
}

}  // namespace

Recorder::Recorder(Experiment& experiment, const Trainer& trainer, Observer observer)
    : experiment_(experiment),
      trainer_(trainer),
      observer_(std::move(observer)),
      tables_(run_tables(experiment, state_of(trainer))),
      loss_names_(loss_series(experiment)),
      player_names_(player_names(experiment)),
      player_series_(observed_players(player_names_)),
      first_metric_(kFirstPlayer + player_names_.size()),
      sampler_(experiment, trainer),
      recorded_(tables_.size(), -1),
      past_rows_(tables_.size() + 1, 0) {
  if (experiment.spec.log.best) best_.emplace(*experiment.spec.log.best);
}

void Recorder::save(State& state) const {
  const RowCounts rows = log_ ? log_->rows() : past_rows_;
  for (std::size_t i = 0; i < tables_.size(); ++i) {
    state.numbers["log/rows/" + tables_[i].path] = static_cast<double>(rows[i]);
    state.numbers["log/recorded/" + tables_[i].path] = static_cast<double>(recorded_[i]);
  }
  const auto phase = [&](const char* name) -> double& {
    return state.numbers[std::string("phases/") + name];
  };
  phase("training") = phases_.training;
  phase("metrics") = phases_.metrics;
  phase("samples") = phases_.samples;
  phase("log") = phases_.log;
  if (best_ && best_->value()) state.numbers["best"] = *best_->value();
}

void Recorder::restore(const State& state) {
  log_.reset();
  for (std::size_t i = 0; i < tables_.size(); ++i) {
    past_rows_[i] = static_cast<std::uint64_t>(state.number("log/rows/" + tables_[i].path));
    recorded_[i] = static_cast<std::int64_t>(state.number("log/recorded/" + tables_[i].path));
  }
  phases_ = {state.number("phases/training"), state.number("phases/metrics"),
             state.number("phases/samples"), state.number("phases/log")};
  if (best_)
    best_->restore(state.numbers.count("best") > 0 ? std::optional(state.number("best"))
                                                   : std::nullopt);
}

void Recorder::open(const std::string& path, const RunHeader& header, const Past* past) {
  auto log = std::make_unique<RunLog>(path, header, tables_, kScalarElement);
  const std::int64_t step = trainer_.steps_done();
  if (past) {
    // Checkpoint 0 is older than the records of step 0: they are still to be made.
    log->take_over(past->log, past_rows_, step, step > 0 ? step : -1);
    log->event(step, past->event, past->from_step);
  } else {
    sampler_.begin(0);
    const Tensor real = sampler_.real(experiment_.spec.log.samples.count).x.value();
    log->write_fixed(kSamples, 0, real.data());
    log->event(0, Event::started);
  }
  log->start();
  log_ = std::make_unique<LogWriter>(std::move(log));
}

void Recorder::record_losses() {
  PoolVector<double> row;
  row.reserve(loss_names_.size());
  for (const std::string& name : loss_names_) {
    const auto found = trainer_.losses().find(name);
    row.push_back(found == trainer_.losses().end() ? std::numeric_limits<double>::quiet_NaN()
                                                   : found->second);
    observe(name, row.back());
  }
  append(kLosses, std::move(row));
}

// Side by side: a digest reads all parameters of its player, one after the other.
void Recorder::record_players(bool last) {
  if (!due(kFirstPlayer, experiment_.spec.log.players.every, last)) return;
  PoolVector<PoolVector<double>> statistics(player_names_.size());
  kernels::for_blocks(statistics.size(), [&](std::size_t player) {
    statistics[player] = trainer_.statistics(player_names_[player]);
  });
  for (std::size_t player = 0; player < statistics.size(); ++player) {
    PoolVector<double>& values = statistics[player];
    for (std::size_t i = 0; i < values.size(); ++i) observe(player_series_[player][i], values[i]);
    append(kFirstPlayer + player, std::move(values));
  }
}

void Recorder::record_metric(std::size_t index) {
  const Timed timed(phases_.metrics);
  const MetricTerm& metric = experiment_.metrics[index];
  const std::vector<double> values = measure(metric, experiment_, sampler_, trainer_);
  for (std::size_t i = 0; i < values.size(); ++i)
    observe(metric.name + "/" + metric.series[i].name, values[i]);
  append(first_metric_ + index, {values.begin(), values.end()});
}

void Recorder::record_samples() {
  const Timed timed(phases_.samples);
  const std::size_t count = experiment_.spec.log.samples.count;
  const Tensor generated = sampler_.generated(count);
  const Tensor latent = sampler_.latent(count).joined().value();
  append(kSamples, {}, {generated.data(), latent.data()});
}

PoolVector<const void*> Recorder::weights() const {
  PoolVector<const void*> arrays;
  for (const LoggedTensor& tensor : logged_weights(experiment_))
    arrays.push_back(tensor.value->data());
  for (const Variable& average : trainer_.average()) arrays.push_back(average.value().data());
  return arrays;
}

void Recorder::record_weights() { append(kWeights, {}, weights()); }

void Recorder::record_best() {
  const std::size_t table = first_metric_ + experiment_.metrics.size();
  if (best_ && best_->improved()) append(table, {best_->take()}, weights());
}

void Recorder::record_state() {
  const State state = state_of(trainer_);
  PoolVector<double> numbers;
  PoolVector<const void*> tensors;
  for (const auto& [name, value] : state.numbers) numbers.push_back(value);
  for (const auto& [name, value] : state.tensors) tensors.push_back(value.data());
  append(tables_.size() - 1, std::move(numbers), tensors);
}

void Recorder::observe(const std::string& series, double value) {
  if (best_) best_->observe(series, value);
  observer_(series, value);
}

bool Recorder::due(std::size_t table, std::int64_t every, bool last) const {
  const std::int64_t step = trainer_.steps_done();
  return (last || step % every == 0) && recorded_[table] != step;
}

void Recorder::append(std::size_t table, PoolVector<double> series,
                      const PoolVector<const void*>& arrays) {
  log_->append(table, trainer_.steps_done(), std::move(series), arrays);
  recorded_[table] = trainer_.steps_done();
}

void Recorder::record(bool last) {
  const std::int64_t step = trainer_.steps_done();
  sampler_.begin(step);
  bool measured = false;
  for (std::size_t i = 0; i < experiment_.metrics.size(); ++i)
    if (due(first_metric_ + i, experiment_.metrics[i].every, last)) {
      record_metric(i);
      measured = true;
    }
  const LogSpec& spec = experiment_.spec.log;
  const bool sampled = due(kSamples, spec.samples.every, last);
  if (sampled) record_samples();
  const Timed timed(phases_.log);
  // There are no losses before the first step.
  if (step > 0 && due(kLosses, spec.losses.every, last)) record_losses();
  if (step > 0) record_players(last);
  if (due(kWeights, spec.weights.every, last)) record_weights();
  record_best();
  if (spec.states && due(tables_.size() - 1, spec.states->every, last)) record_state();
  if ((measured || sampled) && due(kTiming, 1, last))
    append(kTiming, {phases_.training, phases_.metrics, phases_.samples, phases_.log});
  urgent_ = urgent_ || measured || last;
}

void Recorder::commit() {
  log_->commit(trainer_.steps_done(), urgent_ ? LogWriter::Flush::now : LogWriter::Flush::when_due);
  urgent_ = false;
}

void Recorder::event(Event event) { log_->event(trainer_.steps_done(), event); }

void Recorder::abandon(Event event) {
  if (!log_) return;
  log_->event(std::max<std::int64_t>(log_->committed(), 0), event);
  log_->close();
}

void Recorder::close() { log_->close(); }

}  // namespace saddle
