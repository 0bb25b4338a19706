#include "experiment/recorder.hpp"

#include "experiment/measure.hpp"
#include "experiment/player_series.hpp"
#include "experiment/run_file.hpp"
#include "experiment/run_tables.hpp"

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

}  // namespace

Recorder::Recorder(const std::string& path, const RunHeader& header, Experiment& experiment,
                   const Trainer& trainer, Observer observer)
    : experiment_(experiment),
      trainer_(trainer),
      observer_(std::move(observer)),
      loss_names_(loss_series(experiment)),
      player_names_(player_names(experiment)),
      first_metric_(kFirstPlayer + player_names_.size()),
      sampler_(experiment, trainer),
      recorded_(first_metric_ + experiment.metrics.size() + (experiment.spec.log.best ? 1 : 0), -1),
      log_(std::make_unique<RunLog>(path, header, run_tables(experiment), kScalarElement)) {
  if (experiment.spec.log.best) best_.emplace(*experiment.spec.log.best);
  sampler_.begin(0);
  const Tensor real = sampler_.real(experiment.spec.log.samples.count).x.value();
  log_->write_fixed(kSamples, 0, real.data());
  log_->start();
  log_->event(0, Event::started);
}

void Recorder::record_losses() {
  std::vector<double> row;
  for (const std::string& name : loss_names_) {
    const auto found = trainer_.losses().find(name);
    row.push_back(found == trainer_.losses().end() ? std::numeric_limits<double>::quiet_NaN()
                                                   : found->second);
    observe(name, row.back());
  }
  append(kLosses, row);
}

void Recorder::record_player(std::size_t index) {
  const std::string& name = player_names_[index];
  const std::vector<double> values = trainer_.statistics(name);
  const std::vector<SeriesInfo> series = player_series(name);
  for (std::size_t i = 0; i < values.size(); ++i)
    observe("players/" + name + "/" + series[i].name, values[i]);
  append(kFirstPlayer + index, values);
}

void Recorder::record_metric(std::size_t index) {
  const Timed timed(phases_.metrics);
  const MetricTerm& metric = experiment_.metrics[index];
  const std::vector<double> values = measure(metric, experiment_, sampler_, trainer_);
  for (std::size_t i = 0; i < values.size(); ++i)
    observe(metric.name + "/" + metric.series[i].name, values[i]);
  append(first_metric_ + index, values);
}

void Recorder::record_samples() {
  const Timed timed(phases_.samples);
  const std::size_t count = experiment_.spec.log.samples.count;
  const Tensor generated = sampler_.generated(count);
  const Tensor latent = sampler_.latent(count).joined().value();
  append(kSamples, {}, {generated.data(), latent.data()});
}

std::vector<const void*> Recorder::weights() const {
  std::vector<const void*> arrays;
  for (const LoggedTensor& tensor : logged_weights(experiment_))
    arrays.push_back(tensor.value->data());
  for (const Variable& average : trainer_.average()) arrays.push_back(average.value().data());
  return arrays;
}

void Recorder::record_weights() { append(kWeights, {}, weights()); }

void Recorder::record_best() {
  if (best_ && best_->improved()) append(recorded_.size() - 1, {best_->take()}, weights());
}

void Recorder::observe(const std::string& series, double value) {
  if (best_) best_->observe(series, value);
  observer_(series, value);
}

bool Recorder::due(std::size_t table, std::int64_t every, bool last) const {
  const std::int64_t step = trainer_.steps_done();
  return (last || step % every == 0) && recorded_[table] != step;
}

void Recorder::append(std::size_t table, const std::vector<double>& series,
                      const std::vector<const void*>& arrays) {
  log_->append(table, trainer_.steps_done(), series, arrays);
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
  for (std::size_t i = 0; i < player_names_.size(); ++i)
    if (step > 0 && due(kFirstPlayer + i, spec.players.every, last)) record_player(i);
  if (due(kWeights, spec.weights.every, last)) record_weights();
  record_best();
  if ((measured || sampled) && due(kTiming, 1, last))
    append(kTiming, {phases_.training, phases_.metrics, phases_.samples, phases_.log});
  log_->commit(step, measured ? RunLog::Flush::now : RunLog::Flush::when_due);
}

void Recorder::event(Event event) { log_->event(trainer_.steps_done(), event); }
void Recorder::close() { log_->close(); }

}  // namespace saddle
