#pragma once

#include <saddle/plugin/dataset.hpp>

#include <cstdint>
#include <vector>

namespace saddle {

// The order in which training meets the data: each epoch is a new permutation of the training
// split, and batches follow one another across epochs. Batch k is a function of the seed and k.
class Batches {
 public:
  // `rows` samples in a batch; `shuffle` is the stream of the permutations.
  Batches(const Dataset& dataset, std::size_t rows, RandomStream shuffle);
  // Batch number k, from 0.
  Batch batch(std::int64_t k);

 private:
  const std::vector<std::uint32_t>& permutation(std::int64_t epoch);

  const Dataset& dataset_;
  std::size_t rows_;
  RandomStream shuffle_;
  std::int64_t epoch_ = -1;
  std::vector<std::uint32_t> order_;
};

// Rows of the training split at these places, with labels where the dataset has them. Throws
// PluginError where it returns other shapes than it promised, or a label that is no class.
Batch take(const Dataset& dataset, const Indices& indices);

}  // namespace saddle
