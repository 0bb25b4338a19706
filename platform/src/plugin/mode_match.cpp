#include <saddle/plugin/mode_match.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace saddle {
namespace {

ModeMatch nearest(const Modes& modes, const Scalar* point) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  ModeMatch best{0, kInfinity, kInfinity};
  for (std::size_t k = 0; k < modes.sigmas.size(); ++k) {
    double squares = 0, reach = 0;
    for (std::size_t j = 0; j < modes.centres.shape(1); ++j) {
      const double offset =
          std::abs(static_cast<double>(point[j]) - static_cast<double>(modes.centres(k, j)));
      squares += offset * offset;
      reach = std::max(reach, offset);
    }
    const double distance = std::sqrt(squares) / modes.sigmas[k];
    if (distance < best.distance) best = {k, distance, reach / modes.sigmas[k]};
  }
  return best;
}

}  // namespace

std::vector<ModeMatch> match_modes(const Modes& modes, const Tensor& samples) {
  std::vector<ModeMatch> matches;
  const std::size_t dimension = modes.centres.shape(1);
  for (std::size_t i = 0; i < samples.shape(0); ++i)
    matches.push_back(nearest(modes, samples.data() + i * dimension));
  return matches;
}

}  // namespace saddle
