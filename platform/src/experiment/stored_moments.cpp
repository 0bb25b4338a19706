#include "experiment/stored_moments.hpp"

#include <saddle/base/error.hpp>

#include "experiment/run_file.hpp"
#include "experiment/run_tables.hpp"

#include <limits>
#include <utility>

namespace saddle {
namespace {

std::map<std::int64_t, std::size_t> rows_by_step(const std::vector<std::int64_t>& steps) {
  std::map<std::int64_t, std::size_t> rows;
  for (std::size_t row = 0; row < steps.size(); ++row) rows[steps[row]] = row;
  return rows;
}

std::map<std::int64_t, std::size_t> rows_of(const hdf5::File& run, const std::string& table) {
  if (!run.has_group(table)) return {};
  return rows_by_step(committed_steps(run, run.group(table)));
}

// Which parts of a module /weights holds, with their names in a state.
std::vector<std::pair<std::string, std::string>> parts_of(const std::string& name, Module& module) {
  std::vector<std::pair<std::string, std::string>> parts;
  for (const NamedParameter& parameter : module.parameters())
    parts.emplace_back(name + "/" + parameter.path, name + "/parameters/" + parameter.path);
  for (const NamedBuffer& buffer : module.buffers())
    parts.emplace_back(name + "/" + buffer.path, name + "/buffers/" + buffer.path);
  return parts;
}

}  // namespace

StoredMoments::StoredMoments(const hdf5::File& run, const Experiment& experiment)
    : run_(run),
      experiment_(experiment),
      weight_rows_(rows_of(run, "weights")),
      loss_rows_(rows_of(run, "losses")) {
  if (run.has_group("states")) states_.emplace(run);
  if (states_) state_rows_ = rows_by_step(states_->steps());
  if (state_rows_.empty() && weight_rows_.empty())
    throw DataError(run.file() +
                    ": expected states below /states, or weights below /weights, and found "
                    "none. Set log.states.every in the spec and run it again.");
}

std::vector<std::int64_t> StoredMoments::steps() const {
  std::map<std::int64_t, std::size_t> both = state_rows_;
  both.insert(weight_rows_.begin(), weight_rows_.end());
  std::vector<std::int64_t> steps;
  for (const auto& [step, row] : both) steps.push_back(step);
  return steps;
}

State StoredMoments::read(std::int64_t step, const State& fresh) const {
  const auto row = state_rows_.find(step);
  return row != state_rows_.end() ? states_->read(row->second)
                                  : from_weights("weights", step, weight_rows_.at(step), fresh);
}

State StoredMoments::read_best(const State& fresh) const {
  const std::map<std::int64_t, std::size_t> rows = rows_of(run_, "best");
  if (rows.empty())
    throw DataError(run_.file() +
                    ": keeps no best weights. Set log.best in the spec and run it again, or take "
                    "a step.");
  return from_weights("best", rows.rbegin()->first, rows.rbegin()->second, fresh);
}

State StoredMoments::from_weights(const char* table, std::int64_t step, std::size_t table_row,
                                  State state) const {
  state.step = step;
  auto parts = parts_of("generator", *experiment_.generator);
  const auto add = [&](const std::vector<std::pair<std::string, std::string>>& more) {
    parts.insert(parts.end(), more.begin(), more.end());
  };
  add(parts_of("discriminator", *experiment_.discriminator));
  for (const LossTerm& term : experiment_.losses) add(parts_of(term.name, *term.loss));
  if (experiment_.spec.train.average)
    for (const NamedParameter& parameter : experiment_.generator->parameters())
      parts.emplace_back("average/" + parameter.path, "average/" + parameter.path);
  const hdf5::Group weights = run_.group(table);
  for (const auto& [path, name] : parts) {
    const hdf5::Dataset dataset = weights.dataset(path);
    Tensor& value = state.tensors.at(name);
    const hdf5::Shape stored = dataset.shape();
    if (stored.empty() || Shape(stored.begin() + 1, stored.end()) != value.shape())
      throw DataError(run_.file() + ": " + dataset.path() + ": expected rows of " +
                      to_text(value.shape()) + ", which this spec's network has.");
    Tensor read = empty(value.shape());
    dataset.read_rows(table_row, 1, kScalarElement, read.data());
    value = std::move(read);
  }
  const auto row = loss_rows_.find(step);
  for (const std::string& name : loss_series(experiment_)) {
    double& loss = state.numbers["losses/" + name];
    loss = std::numeric_limits<double>::quiet_NaN();
    if (row != loss_rows_.end())
      run_.dataset("losses/" + name).read_rows(row->second, 1, hdf5::Element::float64, &loss);
  }
  return state;
}

}  // namespace saddle
