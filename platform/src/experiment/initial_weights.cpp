#include "experiment/initial_weights.hpp"

#include <saddle/base/error.hpp>

#include "experiment/run_file.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace saddle {
namespace {

namespace fs = std::filesystem;

std::string find_run(const std::string& run, const std::string& folder) {
  std::error_code ignored;
  const fs::path beside = fs::path(folder) / run;
  return fs::exists(beside, ignored) ? beside.string() : run;
}

hdf5::File open_first(const std::string& where, const std::string& path) {
  try {
    return open_run(path);
  } catch (const DataError& error) {
    throw DataError(where + error.what());
  }
}

class Weights {
 public:
  // `where` names the key of the spec in messages.
  Weights(std::string where, const std::string& path, std::optional<std::int64_t> step)
      : where_(std::move(where)),
        path_(path),
        file_(open_first(where_, path)),
        group_(file_.group("weights")) {
    const std::vector<std::int64_t> steps = committed_steps(file_, group_);
    if (steps.empty()) throw SpecError(where_ + path + " holds no weights yet.");
    row_ = steps.size() - 1;
    if (!step) return;
    const auto found = std::find(steps.begin(), steps.end(), *step);
    if (found == steps.end())
      throw SpecError(where_ + path + " holds no weights of step " + std::to_string(*step) +
                      "; the nearest is step " + std::to_string(nearest_step(steps, *step)) + ".");
    row_ = static_cast<std::size_t>(found - steps.begin());
  }

  // The tensor of this name in `player`'s group, which must have this shape.
  Tensor read(const std::string& player, const std::string& name, const Shape& shape) const {
    const std::string path = player + "/" + name;
    if (!group_.has(path))
      throw SpecError(where_ + path_ + " has no weights '" + path + "' " + to_text(shape) +
                      ", which this spec's network has. Build both alike.");
    const hdf5::Dataset dataset = group_.dataset(path);
    const hdf5::Shape stored = dataset.shape();
    if (stored.empty()) throw SpecError(where_ + path_ + ": '" + path + "' holds no rows.");
    const Shape found(stored.begin() + 1, stored.end());
    if (found != shape)
      throw SpecError(where_ + path_ + ": '" + path + "' is " + to_text(found) + " there and " +
                      to_text(shape) + " in this spec. Build both alike.");
    Tensor value = empty(shape);
    dataset.read_rows(row_, 1, kScalarElement, value.data());
    return value;
  }

 private:
  std::string where_, path_;
  hdf5::File file_;
  hdf5::Group group_;
  std::size_t row_;
};

}  // namespace

void load_initial_weights(Experiment& experiment) {
  const InitFromSpec& from = *experiment.spec.train.init_from;
  const Weights weights(experiment.spec.place({"train", "init_from"}) + "train.init_from: ",
                        find_run(from.run, experiment.spec.folder), from.step);
  for (const std::string& player : from.players) {
    const bool is_generator = player == "generator";
    Module& module = is_generator ? static_cast<Module&>(*experiment.generator)
                                  : static_cast<Module&>(*experiment.discriminator);
    const std::string group = is_generator && from.average ? "average" : player;
    for (const NamedParameter& parameter : module.parameters())
      *parameter.variable =
          Variable::leaf(weights.read(group, parameter.path, parameter.variable->shape()));
    for (const NamedBuffer& named : module.buffers())
      named.buffer->set(weights.read(player, named.path, named.buffer->value().shape()));
  }
}

}  // namespace saddle
