#include <saddle/info/neighbour_entropy.hpp>

#include "experiment/estimators/neighbours.hpp"
#include "experiment/estimators/registry.hpp"

namespace saddle::estimators {
namespace {

struct KozachenkoLeonenko {
  static constexpr info::Quantity kQuantity = info::Quantity::entropy;
  static Card card() {
    return {"kozachenko-leonenko",
            "by the distance to the k-th nearest neighbour",
            "continuous samples of few dimensions",
            "n log n in few dimensions",
            "more than about 4 columns, edges, heavy tails",
            "subsampling"};
  }
  struct Options {
    std::size_t k = 3;
    std::string norm = "euclidean";
    static void describe(Schema& s) {
      s.field(&Options::k, "k", "of the nearest neighbours; more lower the noise, raise the bias")
          .range(1, 1000);
      s.field(&Options::norm, "norm", "of the distances").choices({"euclidean", "maximum"});
    }
  };
  static info::Estimator bind(const Options& options) {
    const auto norm = options.norm == "maximum" ? info::Norm::maximum : info::Norm::euclidean;
    info::Estimator estimator;
    estimator.value = [k = options.k, norm](const info::Sample& sample) {
      return info::kozachenko_leonenko(sample.x, k, norm).value;
    };
    estimator.least_rows = [options](const info::Sample&) { return options.k + 1; };
    estimator.in_range = [](const info::Sample& sample) { return is_dense(sample.x, 4); };
    estimator.is_positive = false;
    return estimator;
  }
};

const Registered<KozachenkoLeonenko> kKozachenkoLeonenko;

}  // namespace
}  // namespace saddle::estimators
