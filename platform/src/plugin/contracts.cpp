#include <saddle/autograd/ops/layout.hpp>
#include <saddle/base/error.hpp>
#include <saddle/base/hash.hpp>
#include <saddle/plugin/dataset.hpp>
#include <saddle/plugin/discriminator.hpp>
#include <saddle/plugin/generator.hpp>
#include <saddle/plugin/loss.hpp>
#include <saddle/plugin/metric.hpp>

#include "base/text.hpp"

#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <filesystem>
#include <numeric>

// The destructors give each contract one vtable, in libsaddle.so.
namespace saddle {

Generator::~Generator() = default;
Discriminator::~Discriminator() = default;
Loss::~Loss() = default;
Metric::Metric() = default;
Metric::~Metric() = default;
void require_batch(const Shapes& shapes, std::size_t least) {
  if (shapes.batch < least)
    throw SpecError("train.batch: expected at least " + std::to_string(least) + " samples, found " +
                    std::to_string(shapes.batch) + ".");
}
void require_samples(const MetricSetup& setup, std::size_t least) {
  if (setup.samples < least)
    throw SpecError("samples: expected at least " + std::to_string(least) + ", found " +
                    std::to_string(setup.samples) + ".");
}
Dataset::Dataset() = default;
Dataset::~Dataset() = default;

bool Latent::has(std::string_view name) const {
  for (const auto& [part_name, value] : parts_)
    if (part_name == name) return true;
  return false;
}

const Variable& Latent::part(std::string_view name) const {
  for (const auto& [part_name, value] : parts_)
    if (part_name == name) return value;
  std::vector<std::string> names;
  for (const auto& [part_name, value] : parts_) names.emplace_back(part_name);
  throw PluginError("the latent has no part '" + std::string(name) +
                    "'; it has: " + join(names, ", "));
}

Variable Latent::joined() const {
  Variables values;
  for (const auto& [name, value] : parts_) values.push_back(value);
  return concat(values, 1);
}

const Variable& NamedOutputs::get(std::string_view name) const {
  const auto found = further_.find(name);
  if (found == further_.end())
    throw PluginError(std::string(network_) + " returned no output '" + std::string(name) + "'");
  return found->second;
}

Variable Loss::discriminator(Round&) {
  throw PluginError("the loss declares a discriminator objective and does not define it");
}
Variable Loss::generator(Round&) {
  throw PluginError("the loss declares a generator objective and does not define it");
}
Variable Loss::own(Round&) {
  throw PluginError("the loss declares an objective of its own and does not define it");
}
void Loss::after_update(Player, Module&) {}

Tensors Loss::combine(Player, const Tensors& others, const Tensors& mine) const {
  assert(others.size() == mine.size());
  Tensors total = others;
  for (std::size_t i = 0; i < total.size(); ++i)
    for (std::size_t j = 0; j < total[i].size(); ++j) total[i].data()[j] += mine[i].data()[j];
  return total;
}

std::optional<std::vector<double>> Dataset::log_density(const Tensor&) const {
  return std::nullopt;
}
std::optional<Modes> Dataset::modes() const { return std::nullopt; }

std::string Dataset::digest() const {
  constexpr std::size_t kRows = 4096;
  Sha256 hash;
  const std::size_t count = size(Split::train);
  Indices indices;
  for (std::size_t first = 0; first < count; first += kRows) {
    indices.resize(std::min(kRows, count - first));
    std::iota(indices.begin(), indices.end(), first);
    const Tensor part = samples(Split::train, indices);
    hash.update(part.data(), part.size() * sizeof(Scalar));
  }
  return hash.hex();
}

DataSource::DataSource(RandomStream stream, std::vector<std::string> folders)
    : stream_(std::move(stream)), folders_(std::move(folders)) {}

std::string DataSource::find(const std::string& path, const std::string& how_to_get) const {
  namespace fs = std::filesystem;
  std::error_code ignored;
  if (fs::path(path).is_absolute()) {
    if (fs::exists(path, ignored)) return path;
    throw DataError(path + ": there is no such file. " + how_to_get);
  }
  for (const std::string& folder : folders_) {
    const fs::path candidate = fs::path(folder) / path;
    if (fs::exists(candidate, ignored)) return candidate.string();
  }
  throw DataError(path + ": not found in " + join(folders_, ", ") + ". " + how_to_get);
}

}  // namespace saddle
