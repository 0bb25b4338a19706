#include "info/slope.hpp"

#include <saddle/base/random.hpp>

#include "tensor/linear_algebra.hpp"
#include "tensor/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace saddle::info {
namespace {

constexpr std::size_t kDraws = 20000, kBelow = kDraws / 200;

// The sum of ln of the largest size in each column.
double log_box(const Matrix& offsets) {
  double sum = 0;
  for (std::size_t j = 0; j < offsets.columns; ++j) {
    double widest = 0;
    for (std::size_t i = 0; i < offsets.rows; ++i)
      widest = std::max(widest, std::abs(offsets.row(i)[j]));
    sum += std::log(widest);
  }
  return sum;
}

double simulated_share(std::size_t d, std::size_t k) {
  const RandomStream stream(0, "info/slope/" + std::to_string(d) + "/" + std::to_string(k));
  std::vector<double> shares(kDraws);
  constexpr std::size_t kGrain = 64;
  kernels::for_ranges(kDraws, kGrain, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      Matrix offsets(k, d);
      stream.uniforms(static_cast<std::uint32_t>(i), k * d, offsets.values.data());
      for (double& x : offsets.values) x = 2 * x - 1;
      shares[i] = log_slope_share(std::move(offsets));
    }
  });
  const auto found = shares.begin() + static_cast<std::ptrdiff_t>(kBelow);
  std::nth_element(shares.begin(), found, shares.end());
  return std::exp(*found);
}

}  // namespace

double log_slope_share(Matrix offsets) {
  double widest = 0;
  for (const double x : offsets.values) widest = std::max(widest, std::abs(x));
  if (widest == 0) return 0;
  // So that squares stay in range; the ratio of the boxes is the same.
  for (double& x : offsets.values) x /= widest;
  if (!all_finite(offsets)) return std::numeric_limits<double>::quiet_NaN();
  const kernels::SymmetricEigen axes =
      kernels::symmetric_eigen(kernels::multiply(offsets, offsets, true, false));
  return log_box(kernels::multiply(offsets, axes.vectors, false, true)) - log_box(offsets);
}

double uniform_slope_share(std::size_t d, std::size_t k) {
  static std::mutex mutex;
  static std::map<std::pair<std::size_t, std::size_t>, double> known;
  const std::lock_guard<std::mutex> lock(mutex);
  const auto [place, is_new] = known.try_emplace({d, k}, 0.0);
  if (is_new) place->second = simulated_share(d, k);
  return place->second;
}

}  // namespace saddle::info
