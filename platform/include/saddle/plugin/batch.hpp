#pragma once

#include <saddle/autograd/variable.hpp>

#include <cstdint>
#include <vector>

namespace saddle {

// Labels count from 0.
using Labels = std::vector<std::int32_t>;

// Samples with what belongs to them.
struct Batch {
  Variable x;     // [n, sample...]
  Labels labels;  // n of them, or none
};

}  // namespace saddle
