#pragma once

#include <saddle/autograd/variable.hpp>
#include <saddle/base/pool.hpp>

#include <cstddef>
#include <cstdint>

namespace saddle {

// Which samples, from 0.
using Indices = PoolVector<std::size_t>;
// Labels count from 0.
using Labels = PoolVector<std::int32_t>;

// Samples with what belongs to them.
struct Batch {
  Variable x;     // [n, sample...]
  Labels labels;  // n of them, or none
};

}  // namespace saddle
