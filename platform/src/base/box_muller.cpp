#include "base/box_muller.hpp"

#include "base/vectors.hpp"

#include <algorithm>
#include <utility>

namespace saddle {
namespace {

using Lanes = xsimd::batch<double>;

// The point of the unit circle after a turn in (0, 1). Only what is left of a turn after whole
// quarters goes through sine and cosine: within an eighth they treat every lane alike.
std::pair<Lanes, Lanes> point_at(const Lanes& turn) {
  constexpr double kHalfPi = 1.57079632679489661923;
  const Lanes quarters = 4.0 * turn, whole = xsimd::nearbyint(quarters);
  const auto [sine, cosine] = xsimd::sincos((quarters - whole) * kHalfPi);
  const auto odd = whole == 1.0 || whole == 3.0;
  const auto x_below = whole == 1.0 || whole == 2.0, y_below = whole == 2.0 || whole == 3.0;
  const Lanes x = xsimd::select(odd, sine, cosine), y = xsimd::select(odd, cosine, sine);
  return {xsimd::select(x_below, -x, x), xsimd::select(y_below, -y, y)};
}

}  // namespace

void BoxMuller::transform() {
  const std::size_t padded = (size_ + Lanes::size - 1) / Lanes::size * Lanes::size;
  std::fill(radii_ + size_, radii_ + padded, 0.5);
  std::fill(turns_ + size_, turns_ + padded, 0.5);
  for (std::size_t i = 0; i < padded; i += Lanes::size) {
    const Lanes radius = xsimd::sqrt(-2.0 * xsimd::log(Lanes::load_unaligned(radii_ + i)));
    const auto [x, y] = point_at(Lanes::load_unaligned(turns_ + i));
    (radius * x).store_unaligned(radii_ + i);
    (radius * y).store_unaligned(turns_ + i);
  }
  for (std::size_t i = 0; i < size_; ++i) {
    targets_[i].to[0] = radii_[i];
    if (targets_[i].wanted == 2) targets_[i].to[1] = turns_[i];
  }
  size_ = 0;
}

}  // namespace saddle
