#include "estimates.hpp"

namespace saddle::kl_guidance {
namespace {

// How far each point lies in each bin of one axis: [n, 1] -> [n, bins]
Variable memberships(const Variable& x, double low, double high, const Bins& bins) {
  const double width = (high - low) / static_cast<double>(bins.count);
  Tensor walls = empty({1, bins.count + 1});
  for (std::size_t k = 0; k <= bins.count; ++k)
    walls(0, k) = static_cast<Scalar>(low + width * static_cast<double>(k));
  const Variable beyond = sigmoid((x - Variable(walls)) / (bins.softness * width));
  return slice(beyond, 1, 0, bins.count) - slice(beyond, 1, 1, bins.count + 1);
}

// The share of the batch in each cell: [n, d] -> [cells + 1], the last one outside.
Variable shares(const Variable& x, const Bins& bins) {
  const std::size_t n = x.shape()[0];
  const auto axis = [&](std::size_t j) {
    return memberships(slice(x, 1, j, j + 1), bins.low[j], bins.high[j], bins);
  };
  const bool plane = x.shape()[1] == 2;
  const Variable counts = plane ? matmul(axis(0), axis(1), true, false) : sum(axis(0), 0);
  const Variable inside = reshape(counts, {counts.size()});
  const Variable outside = static_cast<double>(n) - reshape(sum(inside), {1});
  const double cells = static_cast<double>(inside.size()) + 1;
  return (concat({inside, outside}, 0) + bins.smoothing / cells) /
         (static_cast<double>(n) + bins.smoothing);
}

}  // namespace

Variable kernel(const Variable& real, const Variable& generated, double h, Direction direction) {
  const bool reverse = direction == Direction::reverse;
  const Variable& of = reverse ? generated : real;
  const Variable& against = reverse ? real : generated;
  return mean(log_kernel_density(of, of, h, true) - log_kernel_density(of, against, h, false));
}

Variable histogram(const Variable& real, const Variable& generated, const Bins& bins,
                   Direction direction) {
  const Variable p = shares(real, bins), q = shares(generated, bins);
  return direction == Direction::reverse ? sum(q * (log(q) - log(p))) : sum(p * (log(p) - log(q)));
}

}  // namespace saddle::kl_guidance
