#include "experiment/batches.hpp"

#include <saddle/base/error.hpp>

#include <numeric>
#include <utility>

namespace saddle {
namespace {

void check_samples(const Shape& found, const Shape& expected) {
  if (found != expected)
    throw PluginError("samples must be " + to_text(expected) + "; they are " + to_text(found) +
                      ".");
}

void check_labels(const Labels& labels, std::size_t rows, std::size_t classes) {
  if (labels.size() != rows)
    throw PluginError("there must be a label for each of " + std::to_string(rows) +
                      " samples; there are " + std::to_string(labels.size()) + ".");
  for (const std::int32_t label : labels)
    if (label < 0 || static_cast<std::size_t>(label) >= classes)
      throw PluginError("labels must be from 0 to " + std::to_string(classes - 1) +
                        "; there is a label " + std::to_string(label) + ".");
}

}  // namespace

Batches::Batches(const Dataset& dataset, std::size_t rows, RandomStream shuffle)
    : dataset_(dataset), rows_(rows), shuffle_(std::move(shuffle)) {}

const std::vector<std::uint32_t>& Batches::permutation(std::int64_t epoch) {
  if (epoch == epoch_) return order_;
  order_.resize(dataset_.size(Split::train));
  std::iota(order_.begin(), order_.end(), 0U);
  shuffle_.at(epoch).shuffle(order_);
  epoch_ = epoch;
  return order_;
}

Batch Batches::batch(std::int64_t k) {
  const std::size_t size = dataset_.size(Split::train);
  Indices indices;
  indices.reserve(rows_);
  std::uint64_t place = static_cast<std::uint64_t>(k) * rows_;
  for (std::size_t row = 0; row < rows_; ++row, ++place)
    indices.push_back(permutation(static_cast<std::int64_t>(place / size))[place % size]);
  return take(dataset_, indices);
}

Batch take(const Dataset& dataset, const Indices& indices) {
  Batch batch{Variable(dataset.samples(Split::train, indices)), {}};
  check_samples(batch.x.shape(), with_rows(indices.size(), dataset.sample_shape()));
  if (dataset.classes() == 0) return batch;
  batch.labels = dataset.labels(Split::train, indices);
  check_labels(batch.labels, indices.size(), dataset.classes());
  return batch;
}

}  // namespace saddle
