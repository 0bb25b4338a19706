#pragma once

#include <saddle/base/pool.hpp>
#include <saddle/plugin/series.hpp>
#include <saddle/tensor/tensor.hpp>

#include "experiment/trainee.hpp"

#include <string>
#include <vector>

namespace saddle {

// The series that every run records below /players/<player>: for the discriminator what its logits
// say of real and generated samples, for every player the norms of its last update.
std::vector<SeriesInfo> player_series(const std::string& player);

// Their values, in the same order. Logits [n, 1]; NaN where n is 0.
PoolVector<double> player_statistics(const UpdateNorms& norms, const Tensor& real_logits,
                                     const Tensor& generated_logits);
// The same for players without logits.
PoolVector<double> player_statistics(const UpdateNorms& norms);

}  // namespace saddle
