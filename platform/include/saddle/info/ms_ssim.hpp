#pragma once

#include <saddle/tensor/matrix.hpp>

#include <cstddef>
#include <vector>

namespace saddle::info {

// The multi-scale structural similarity of two images (Wang, Simoncelli and Bovik 2003): the
// product over scales s = 1..M of mean(cs_s)^w_s, times mean(l_M cs_M)^w_M in place of the last
// one:
//   l = (2 mx my + C1) / (mx^2 + my^2 + C1),  cs = (2 cxy + C2) / (vx + vy + C2),
// moments under an 11 x 11 Gaussian window of deviation 1.5 that lies wholly in the image,
// C1 = (0.01 range)^2, C2 = (0.03 range)^2; from scale to scale the image is averaged over 2 x 2
// pixels, a last odd row or column left out. A negative mean counts as 0. Channels are compared
// apart and averaged. 1 for equal images.
class MsSsim {
 public:
  // The published weights of five scales, coarsest last.
  static constexpr double kWeights[] = {0.0448, 0.2856, 0.3001, 0.2363, 0.1333};

  // Images [height, width, channels] in numbers from 0 to `range`. Throws SpecError where the
  // window does not fit.
  MsSsim(std::size_t height, std::size_t width, std::size_t channels);

  // The scales in use, at most five: those whose image holds the window. Of fewer than five the
  // weights are the first of the published ones, scaled to the sum 1.
  const std::vector<double>& weights() const { return weights_; }

  // Of two images in row-major order [height, width, channels] with numbers from 0 to `range`. NaN
  // for a range that is not above 0, or a pixel that is not finite.
  double operator()(const double* a, const double* b, double range) const;
  // The mean over the images in rows 0 and 1, 2 and 3, and so on: [n, height * width * channels].
  // NaN for fewer than two.
  double over_pairs(const Matrix& images, double range) const;

 private:
  std::size_t height_, width_, channels_;
  std::vector<double> weights_;
};

}  // namespace saddle::info
