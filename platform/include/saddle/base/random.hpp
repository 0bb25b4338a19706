#pragma once

#include <saddle/base/pool.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace saddle {

// A named stream of random numbers without state: every number is a function of the seed, the path
// of the stream, the step, the update within the step, the row and the position in the row. Drawing
// from one stream never changes another, nor the same stream at another place.
// Philox4x32-10 (Salmon et al., Parallel random numbers: as easy as 1, 2, 3, SC 2011), keyed by the
// first 64 bits of SHA-256 of seed and path.
class RandomStream {
 public:
  RandomStream(std::uint64_t seed, std::string_view path);

  // The stream "<path>/<name>" of the same seed, at the same step and update.
  RandomStream child(std::string_view name) const;
  // The same stream at a step and an update within it.
  RandomStream at(std::int64_t step, std::uint16_t update = 0) const;

  std::string_view path() const { return path_; }

  // `count` numbers of a row, each uniform on (0, 1).
  void uniforms(std::uint32_t row, std::size_t count, double* out) const;
  // `count` numbers of a row, each N(0, 1), by the Box-Muller transform.
  void normals(std::uint32_t row, std::size_t count, double* out) const;
  // The same of each of `row_count` rows, one after another: faster than row by row.
  void normals(const std::uint32_t* rows, std::size_t row_count, std::size_t count,
               double* out) const;
  // An integer of a row, uniform on [0, n); n > 0. Unbiased.
  std::uint64_t below(std::uint32_t row, std::uint64_t n) const;
  // `count` indices below `size`, by as many rows: none comes again before all have come. The first
  // of them do not depend on `count`.
  PoolVector<std::size_t> indices(std::size_t size, std::size_t count) const;
  // Puts items into random order, by as many rows (Fisher and Yates).
  template <class Items>
  void shuffle(Items& items) const {
    for (std::size_t i = items.size(); i-- > 1;)
      std::swap(items[i], items[below(static_cast<std::uint32_t>(i), i + 1)]);
  }

 private:
  struct Block {
    std::uint32_t word[4];
  };
  Block block(std::uint32_t row, std::uint32_t index) const;

  std::uint64_t seed_;
  PoolString path_;
  std::uint64_t key_;
  std::uint64_t step_ = 0;
  std::uint16_t update_ = 0;
};

}  // namespace saddle
