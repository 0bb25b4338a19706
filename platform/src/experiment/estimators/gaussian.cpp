#include "experiment/estimators/gaussian.hpp"

#include <saddle/info/gaussian.hpp>
#include <saddle/info/rank_scores.hpp>
#include <saddle/info/tails.hpp>

#include "experiment/estimators/registry.hpp"
#include "info/joint_moments.hpp"
#include "info/pairs.hpp"

#include <cmath>

namespace saddle::estimators {

bool looks_gaussian(const Matrix& points) {
  return std::abs(info::mardia_score(points)) <= 4 && info::joint_moments_score(points) <= 5;
}

bool looks_like_gaussian_copula(const Matrix& x, const Matrix& y) {
  return looks_gaussian(info::rank_scores(info::side_by_side(x, y)));
}

namespace {

struct GaussianEntropy {
  static constexpr info::Quantity kQuantity = info::Quantity::entropy;
  using Options = NoOptions;
  static Card card() {
    return {"gaussian", "of the Gaussian with the sample's covariance, without bias",
            "Gaussian samples; an upper bound for others, on average", "n d^2", "all other laws"};
  }
  static info::Estimator bind(const Options&) {
    info::Estimator estimator;
    estimator.value = [](const info::Sample& s) { return info::gaussian_entropy_estimate(s.x); };
    estimator.least_rows = [](const info::Sample& s) { return s.x.columns + 1; };
    estimator.in_range = [](const info::Sample& s) { return looks_gaussian(s.x); };
    estimator.is_positive = false;
    return estimator;
  }
};

struct GaussianKl {
  static constexpr info::Quantity kQuantity = info::Quantity::kl;
  using Options = NoOptions;
  static Card card() {
    return {"gaussian", "between Gaussians with the samples' moments, without bias",
            "Gaussian samples", "n d^2", "all other laws"};
  }
  static info::Estimator bind(const Options&) {
    info::Estimator estimator;
    estimator.value = [](const info::Sample& s) { return info::gaussian_kl_estimate(s.x, s.y); };
    estimator.least_rows = [](const info::Sample& s) { return s.x.columns + 3; };
    estimator.in_range = [](const info::Sample& s) {
      return looks_gaussian(s.x) && looks_gaussian(s.y);
    };
    return estimator;
  }
};

struct GaussianInformation {
  static constexpr info::Quantity kQuantity = info::Quantity::mi;
  using Options = NoOptions;
  static Card card() {
    return {"gaussian", "of the Gaussian with the sample's covariance, without bias",
            "linear dependence, many dimensions", "n d^2",
            "dependence that no correlation shows; heavy tails"};
  }
  static info::Estimator bind(const Options&) {
    info::Estimator estimator;
    estimator.value = [](const info::Sample& s) {
      return info::gaussian_information_estimate(s.x, s.y);
    };
    estimator.least_rows = [](const info::Sample& s) { return s.x.columns + s.y.columns + 1; };
    estimator.in_range = [](const info::Sample& s) {
      return looks_gaussian(info::side_by_side(s.x, s.y));
    };
    return estimator;
  }
};

struct GaussianCopula {
  static constexpr info::Quantity kQuantity = info::Quantity::mi;
  using Options = NoOptions;
  static Card card() {
    return {"gaussian-copula", "the same after each axis is made Gaussian by its ranks",
            "monotone dependence of any axes, many dimensions", "n log n + n d^2",
            "dependence that no rank correlation shows"};
  }
  static info::Estimator bind(const Options&) {
    info::Estimator estimator = GaussianInformation::bind({});
    estimator.value = [](const info::Sample& s) {
      return info::gaussian_copula_information(s.x, s.y);
    };
    estimator.in_range = [](const info::Sample& s) { return looks_like_gaussian_copula(s.x, s.y); };
    return estimator;
  }
};

const Registered<GaussianEntropy> kGaussianEntropy;
const Registered<GaussianKl> kGaussianKl;
const Registered<GaussianInformation> kGaussianInformation;
const Registered<GaussianCopula> kGaussianCopula;

}  // namespace
}  // namespace saddle::estimators
