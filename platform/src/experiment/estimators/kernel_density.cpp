#include <saddle/info/kernel_entropy.hpp>
#include <saddle/info/tails.hpp>

#include "experiment/estimators/registry.hpp"

namespace saddle::estimators {
namespace {

struct KernelDensity {
  static constexpr info::Quantity kQuantity = info::Quantity::entropy;
  static Card card() {
    return {"kernel-density",
            "mean log density of Gaussian kernels on the other points",
            "smooth laws of up to three dimensions",
            "n^2 d",
            "many dimensions, edges, heavy tails, scales that differ from place to place",
            "subsampling"};
  }
  struct Options {
    double width = 1;
    static void describe(Schema& s) {
      s.field(&Options::width, "width",
              "of the kernels, as a factor of s n^(-1 / (d + 4)) along each axis (Scott's rule)")
          .range(1e-6, 1e6);
    }
  };
  static info::Estimator bind(const Options& options) {
    info::Estimator estimator;
    estimator.value = [options](const info::Sample& sample) {
      std::vector<double> widths = info::scott_widths(sample.x);
      for (double& width : widths) width *= options.width;
      return info::kernel_density_entropy(sample.x, widths);
    };
    estimator.in_range = [](const info::Sample& sample) {
      constexpr std::size_t kMostDimensions = 3;
      constexpr double kMostKurtosis = 8;
      return sample.x.columns <= kMostDimensions &&
             info::greatest_kurtosis(sample.x) <= kMostKurtosis;
    };
    estimator.is_positive = false;
    return estimator;
  }
};

const Registered<KernelDensity> kKernelDensity;

}  // namespace
}  // namespace saddle::estimators
