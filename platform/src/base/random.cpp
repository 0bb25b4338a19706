#include <saddle/base/random.hpp>

#include <saddle/base/hash.hpp>

#include "base/box_muller.hpp"

#include <Random123/philox.h>

#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>

namespace saddle {
namespace {

// 32 bits to a number in the open interval (0, 1).
double to_unit(std::uint32_t bits) { return (static_cast<double>(bits) + 0.5) * 0x1p-32; }

// The same few streams are named at each step.
std::uint64_t key_of(std::uint64_t seed, std::string_view path) {
  constexpr std::size_t kMostSeeds = 64, kMost = 4096;
  thread_local std::map<std::uint64_t, PoolMap<std::uint64_t>> by_seed;
  if (by_seed.size() >= kMostSeeds && by_seed.count(seed) == 0) by_seed.clear();
  PoolMap<std::uint64_t>& known = by_seed[seed];
  if (const auto found = known.find(path); found != known.end()) return found->second;
  if (known.size() >= kMost) known.clear();
  const std::uint64_t key = sha256_prefix(std::to_string(seed) + "/" + std::string(path));
  known.emplace(path, key);
  return key;
}

}  // namespace

RandomStream::RandomStream(std::uint64_t seed, std::string_view path)
    : seed_(seed), path_(path), key_(key_of(seed, path)) {}

RandomStream RandomStream::child(std::string_view name) const {
  RandomStream stream(seed_, path_.empty() ? PoolString(name) : pool_text({path_, "/", name}));
  stream.step_ = step_;
  stream.update_ = update_;
  return stream;
}

RandomStream RandomStream::at(std::int64_t step, std::uint16_t update) const {
  RandomStream stream = *this;
  stream.step_ = static_cast<std::uint64_t>(step);
  stream.update_ = update;
  return stream;
}

RandomStream::Block RandomStream::block(std::uint32_t row, std::uint32_t index) const {
  using Philox = r123::Philox4x32;
  const auto low = [](std::uint64_t x) { return static_cast<std::uint32_t>(x); };
  const auto high = [](std::uint64_t x) { return static_cast<std::uint32_t>(x >> 32); };
  // 48 bits of the step and 16 of the update fill the upper half of the counter.
  const Philox::ctr_type counter = {
      {index, row, low(step_), (high(step_) << 16) | std::uint32_t{update_}}};
  const Philox::key_type key = {{low(key_), high(key_)}};
  const Philox::ctr_type random = Philox{}(counter, key);
  return {{random[0], random[1], random[2], random[3]}};
}

void RandomStream::uniforms(std::uint32_t row, std::size_t count, double* out) const {
  for (std::size_t i = 0; i < count; i += 4) {
    const Block random = block(row, static_cast<std::uint32_t>(i / 4));
    for (std::size_t j = 0; j < 4 && i + j < count; ++j) out[i + j] = to_unit(random.word[j]);
  }
}

void RandomStream::normals(std::uint32_t row, std::size_t count, double* out) const {
  normals(&row, 1, count, out);
}

void RandomStream::normals(const std::uint32_t* rows, std::size_t row_count, std::size_t count,
                           double* out) const {
  BoxMuller transform;
  for (std::size_t r = 0; r < row_count; ++r, out += count)
    for (std::size_t i = 0; i < count; i += 4) {
      const Block random = block(rows[r], static_cast<std::uint32_t>(i / 4));
      for (std::size_t j = 0; j < 4 && i + j < count; j += 2)
        transform.add(to_unit(random.word[j]), to_unit(random.word[j + 1]), out + i + j,
                      std::min<std::size_t>(2, count - i - j));
    }
}

std::uint64_t RandomStream::below(std::uint32_t row, std::uint64_t n) const {
  // Numbers below 2^64 mod n would make the small remainders likelier; they are drawn again.
  const std::uint64_t threshold = (0 - n) % n;
  for (std::uint32_t index = 0;; ++index) {
    const Block random = block(row, index);
    for (int j = 0; j < 4; j += 2) {
      const std::uint64_t bits = (std::uint64_t{random.word[j]} << 32) | random.word[j + 1];
      if (bits >= threshold) return bits % n;
    }
  }
}

// Fisher and Yates from the front, where only what has moved is kept.
PoolVector<std::size_t> RandomStream::indices(std::size_t size, std::size_t count) const {
  PoolVector<std::size_t> drawn;
  drawn.reserve(count);
  std::unordered_map<std::size_t, std::size_t> moved;
  const auto at_place = [&moved](std::size_t place) {
    const auto found = moved.find(place);
    return found == moved.end() ? place : found->second;
  };
  for (std::size_t row = 0; row < count; ++row) {
    const std::size_t place = row % size;
    if (place == 0) moved.clear();
    const std::size_t chosen = place + below(static_cast<std::uint32_t>(row), size - place);
    drawn.push_back(at_place(chosen));
    moved[chosen] = at_place(place);
  }
  return drawn;
}

}  // namespace saddle
