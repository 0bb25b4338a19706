#include <saddle/base/error.hpp>

#include "experiment/plugin_check/bits.hpp"
#include "experiment/plugin_check/options.hpp"
#include "experiment/plugin_check/setups.hpp"
#include "experiment/plugin_check/time.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <numeric>

namespace saddle::plugin_check {
namespace {

using Plugin = OpenPlugin<kinds::dataset>;

// Data that are not here say nothing about the plugin.
std::unique_ptr<Dataset> make(const Plugin& plugin) {
  std::vector<std::string> folders = {"."};
  if (const char* folder = std::getenv("SADDLE_DATA_DIR"); folder && *folder)
    folders.emplace_back(folder);
  try {
    return make_instance(plugin, DataSource(check_stream("dataset"), folders));
  } catch (const DataError& error) {
    throw Skip(error.what());
  } catch (const SpecError& error) {
    throw Skip(error.what());
  }
}

Indices draw_indices(const Dataset& data, Split split, std::size_t n) {
  Indices indices;
  for (std::size_t i = 0; i < n; ++i)
    indices.push_back(
        check_stream("indices").below(static_cast<std::uint32_t>(i), data.size(split)));
  return indices;
}

std::string rows_mistake(const Dataset& data, Split split, std::size_t n) {
  const Indices indices = draw_indices(data, split, n);
  const Tensor samples = data.samples(split, indices);
  const Shape expected = with_rows(n, data.sample_shape());
  if (samples.shape() != expected)
    return "samples must be " + to_text(expected) + "; they are " + to_text(samples.shape());
  if (!all_finite(samples)) return "samples that are not finite";
  if (data.classes() == 0) return "";
  const Labels labels = data.labels(split, indices);
  if (labels.size() != n)
    return std::to_string(labels.size()) + " labels for " + std::to_string(n) + " samples";
  for (const std::int32_t label : labels)
    if (label < 0 || static_cast<std::size_t>(label) >= data.classes())
      return "label " + std::to_string(label) + " of " + std::to_string(data.classes()) +
             " classes";
  return "";
}

std::string modes_mistake(const Dataset& data) {
  const std::optional<Modes> modes = data.modes();
  if (!modes) return "";
  const std::size_t count = modes->weights.size();
  const Shape expected = {count, element_count(data.sample_shape())};
  if (modes->centres.shape() != expected)
    return "centres of modes must be " + to_text(expected) + "; they are " +
           to_text(modes->centres.shape());
  if (modes->sigmas.size() != count) return "each mode must have one sigma and one weight";
  const double total = std::accumulate(modes->weights.begin(), modes->weights.end(), 0.0);
  if (!(std::abs(total - 1) < 1e-6)) return "the weights of the modes must have the sum 1";
  return "";
}

// Whether a dataset has what it offers from its options, and offers what it has.
std::string offers_mistake(const Plugin& plugin, const Dataset& data) {
  const std::vector<std::string> offers = plugin.offers();
  const Tensor one = data.samples(Split::train, {0});
  const auto density = data.log_density(one);
  if (density && density->size() != 1) return "log_density must give one value for each sample";
  const std::pair<const char*, bool> all[] = {{"labels", data.classes() > 0},
                                              {"modes", data.modes().has_value()},
                                              {"log-density", density.has_value()}};
  for (const auto& [name, has] : all) {
    const bool offered = std::find(offers.begin(), offers.end(), name) != offers.end();
    if (offered && !has) return std::string("it offers ") + name + " and has none";
    if (!offered && has) return std::string("it has ") + name + " and does not offer them";
  }
  return "";
}

Outcome check_shapes(const Candidate& candidate) {
  const Plugin plugin = open_candidate<kinds::dataset>(candidate);
  const std::unique_ptr<Dataset> data = make(plugin);
  if (data->sample_shape().empty() || element_count(data->sample_shape()) == 0)
    return failed("samples must have a shape [sample...] with numbers in it; it is " +
                  to_text(data->sample_shape()));
  if (data->size(Split::train) == 0) return failed("the training split is empty");
  for (const Split split : {Split::train, Split::test})
    for (const std::size_t n : {1U, 7U, 16U}) {
      if (data->size(split) == 0) continue;
      const std::string mistake = rows_mistake(*data, split, n);
      if (!mistake.empty()) return failed(mistake);
    }
  for (const std::string& mistake : {modes_mistake(*data), offers_mistake(plugin, *data)})
    if (!mistake.empty()) return failed(mistake);
  return ok("samples " + to_text(data->sample_shape()) + ", " +
            std::to_string(data->size(Split::train)) + " for training, " +
            std::to_string(data->size(Split::test)) + " for tests");
}

Outcome check_bits(const Candidate& candidate) {
  const Plugin plugin = open_candidate<kinds::dataset>(candidate);
  const std::unique_ptr<Dataset> first = make(plugin), second = make(plugin);
  Indices indices = draw_indices(*first, Split::train, 9);
  const Tensor once = first->samples(Split::train, indices);
  for (const Dataset* data : {first.get(), second.get()}) {
    const std::string found = first_difference(once, data->samples(Split::train, indices));
    if (!found.empty()) return failed("the same samples asked for again differ: " + found);
  }
  if (first->digest() != second->digest()) return failed("two instances have other digests");
  // A sample is a function of its index, whatever is asked for with it.
  const Tensor alone = first->samples(Split::train, {indices.back()});
  const std::string found = first_difference(rows(once, 8, 9), alone);
  if (!found.empty()) return failed("a sample by itself is another than in a batch: " + found);
  return ok("two calls, two instances, a sample by itself");
}

Outcome check_nan(const Candidate& candidate) {
  const std::unique_ptr<Dataset> data = make(open_candidate<kinds::dataset>(candidate));
  const Shape shape = with_rows(2, data->sample_shape());
  std::optional<std::vector<double>> density;
  try {
    density = data->log_density(full(shape, std::numeric_limits<double>::quiet_NaN()));
  } catch (const std::exception&) {
    return ok("log_density: an error");
  }
  if (!density) throw Skip("it takes no numbers");
  for (const double value : *density)
    if (std::isfinite(value)) return failed("log_density of NaN is a finite number");
  return ok("log_density: not finite");
}

Outcome check_empty(const Candidate& candidate) {
  const std::unique_ptr<Dataset> data = make(open_candidate<kinds::dataset>(candidate));
  Tensor none;
  try {
    none = data->samples(Split::train, {});
  } catch (const std::exception& error) {
    return ok(std::string("refused: ") + error.what());
  }
  if (none.shape() == with_rows(0, data->sample_shape())) return ok("0 rows");
  return failed("no indices in, samples " + to_text(none.shape()) + " out");
}

Outcome time_call(const Candidate& candidate) {
  constexpr std::size_t kRows = 64;
  const std::unique_ptr<Dataset> data = make(open_candidate<kinds::dataset>(candidate));
  const Indices indices = draw_indices(*data, Split::train, kRows);
  return ok(std::to_string(kRows) +
            " samples: " + median_time([&] { data->samples(Split::train, indices); }));
}

}  // namespace

std::vector<Check> dataset_checks() {
  return {{"shapes", check_shapes},
          {"same-bits", check_bits},
          {"nan", check_nan},
          {"empty-batch", check_empty},
          {"time", time_call, false}};
}

}  // namespace saddle::plugin_check
