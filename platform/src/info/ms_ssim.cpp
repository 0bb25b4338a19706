#include <saddle/info/ms_ssim.hpp>

#include <saddle/base/error.hpp>

#include "tensor/parallel.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>

namespace saddle::info {
namespace {

constexpr std::size_t kWindow = 11;

// One channel of an image.
struct Plane {
  std::size_t height, width;
  std::vector<double> pixels;
};

std::array<double, kWindow> window() {
  std::array<double, kWindow> weights{};
  double sum = 0;
  for (std::size_t i = 0; i < kWindow; ++i) {
    const double offset = static_cast<double>(i) - static_cast<double>(kWindow / 2);
    weights[i] = std::exp(-offset * offset / (2 * 1.5 * 1.5));
    sum += weights[i];
  }
  for (double& weight : weights) weight /= sum;
  return weights;
}

// The window's weighted mean wherever it fits: along rows, then along columns.
Plane smoothed(const Plane& in) {
  static const std::array<double, kWindow> kWeights = window();
  Plane rows{in.height, in.width - kWindow + 1, {}};
  for (std::size_t y = 0; y < rows.height; ++y)
    for (std::size_t x = 0; x < rows.width; ++x) {
      double sum = 0;
      for (std::size_t i = 0; i < kWindow; ++i)
        sum += kWeights[i] * in.pixels[y * in.width + x + i];
      rows.pixels.push_back(sum);
    }
  Plane out{in.height - kWindow + 1, rows.width, {}};
  for (std::size_t y = 0; y < out.height; ++y)
    for (std::size_t x = 0; x < out.width; ++x) {
      double sum = 0;
      for (std::size_t i = 0; i < kWindow; ++i)
        sum += kWeights[i] * rows.pixels[(y + i) * rows.width + x];
      out.pixels.push_back(sum);
    }
  return out;
}

Plane halved(const Plane& in) {
  Plane out{in.height / 2, in.width / 2, {}};
  for (std::size_t y = 0; y < out.height; ++y)
    for (std::size_t x = 0; x < out.width; ++x) {
      const double* corner = in.pixels.data() + 2 * y * in.width + 2 * x;
      out.pixels.push_back((corner[0] + corner[1] + corner[in.width] + corner[in.width + 1]) / 4);
    }
  return out;
}

Plane product(const Plane& a, const Plane& b) {
  Plane out = a;
  for (std::size_t i = 0; i < out.pixels.size(); ++i) out.pixels[i] *= b.pixels[i];
  return out;
}

// Means over the image of cs, and of l cs.
struct Similarity {
  double contrast = 0, whole = 0;
};

Similarity similarity(const Plane& a, const Plane& b, double range) {
  const double c1 = 1e-4 * range * range, c2 = 9e-4 * range * range;
  const Plane mean_a = smoothed(a), mean_b = smoothed(b);
  const Plane aa = smoothed(product(a, a)), bb = smoothed(product(b, b)),
              ab = smoothed(product(a, b));
  Similarity sums;
  const std::size_t places = ab.pixels.size();
  for (std::size_t i = 0; i < places; ++i) {
    const double ma = mean_a.pixels[i], mb = mean_b.pixels[i];
    const double covariance = ab.pixels[i] - ma * mb;
    const double variances = aa.pixels[i] - ma * ma + bb.pixels[i] - mb * mb;
    const double contrast = (2 * covariance + c2) / (variances + c2);
    sums.contrast += contrast;
    sums.whole += contrast * (2 * ma * mb + c1) / (ma * ma + mb * mb + c1);
  }
  return {sums.contrast / static_cast<double>(places), sums.whole / static_cast<double>(places)};
}

Plane channel_of(const double* image, std::size_t height, std::size_t width, std::size_t channels,
                 std::size_t channel) {
  Plane plane{height, width, std::vector<double>(height * width)};
  for (std::size_t i = 0; i < plane.pixels.size(); ++i)
    plane.pixels[i] = image[i * channels + channel];
  return plane;
}

double over_scales(Plane a, Plane b, double range, const std::vector<double>& weights) {
  double value = 1;
  for (std::size_t scale = 0; scale < weights.size(); ++scale) {
    if (scale > 0) {
      a = halved(a);
      b = halved(b);
    }
    const Similarity found = similarity(a, b, range);
    const double factor = scale + 1 == weights.size() ? found.whole : found.contrast;
    if (std::isnan(factor)) return factor;
    value *= std::pow(std::max(factor, 0.0), weights[scale]);
  }
  return value;
}

}  // namespace

MsSsim::MsSsim(std::size_t height, std::size_t width, std::size_t channels)
    : height_(height), width_(width), channels_(channels) {
  if (std::min(height, width) < kWindow || channels == 0)
    throw SpecError("images [" + std::to_string(height) + ", " + std::to_string(width) + ", " +
                    std::to_string(channels) +
                    "]: expected at least 11 rows and columns, which the window of the "
                    "structural similarity takes.");
  double sum = 0;
  for (const double weight : kWeights) {
    if (std::min(height, width) < kWindow) break;
    weights_.push_back(weight);
    sum += weight;
    height /= 2;
    width /= 2;
  }
  for (double& weight : weights_) weight /= sum;
}

double MsSsim::operator()(const double* a, const double* b, double range) const {
  if (!(range > 0)) return std::numeric_limits<double>::quiet_NaN();
  double sum = 0;
  for (std::size_t channel = 0; channel < channels_; ++channel)
    sum += over_scales(channel_of(a, height_, width_, channels_, channel),
                       channel_of(b, height_, width_, channels_, channel), range, weights_);
  return sum / static_cast<double>(channels_);
}

double MsSsim::over_pairs(const Matrix& images, double range) const {
  std::vector<double> found(images.rows / 2);
  kernels::for_blocks(found.size(), [&](std::size_t i) {
    found[i] = (*this)(images.row(2 * i), images.row(2 * i + 1), range);
  });
  return std::accumulate(found.begin(), found.end(), 0.0) / static_cast<double>(found.size());
}

}  // namespace saddle::info
