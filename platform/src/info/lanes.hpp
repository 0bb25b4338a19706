#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

// Four numbers that are computed with at once: the vector types of g++ and clang, as their loop
// vectorisers leave loops over a fixed short length in single numbers.
namespace saddle::info {

inline constexpr std::size_t kLanes = 4;
using Lanes = double __attribute__((vector_size(kLanes * sizeof(double))));
using LaneBits = std::int64_t __attribute__((vector_size(kLanes * sizeof(double))));

inline Lanes load(const double* from) {
  Lanes lanes;
  std::memcpy(&lanes, from, sizeof lanes);
  return lanes;
}

inline void store(const Lanes& lanes, double* to) { std::memcpy(to, &lanes, sizeof lanes); }

inline Lanes absolute(const Lanes& x) {
  return reinterpret_cast<Lanes>(reinterpret_cast<LaneBits>(x) & INT64_MAX);
}

// b where either is NaN.
inline Lanes larger(const Lanes& a, const Lanes& b) { return a > b ? a : b; }

}  // namespace saddle::info
