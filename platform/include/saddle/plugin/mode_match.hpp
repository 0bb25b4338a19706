#pragma once

#include <saddle/plugin/dataset.hpp>

#include <cstddef>
#include <vector>

namespace saddle {

// How one sample meets the modes of a mixture.
struct ModeMatch {
  std::size_t mode;  // the nearest in Mahalanobis distance
  double distance;   // |x - mu| / sigma; infinite for a sample that is not finite
  double reach;      // the largest |x_j - mu_j| / sigma along one axis j
};

// The match of each sample: [n, sample...] -> n
std::vector<ModeMatch> match_modes(const Modes& modes, const Tensor& samples);

}  // namespace saddle
