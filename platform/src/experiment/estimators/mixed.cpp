#include <saddle/info/neighbour_information.hpp>

#include "experiment/estimators/neighbours.hpp"
#include "experiment/estimators/registry.hpp"

namespace saddle::estimators {
namespace {

struct Mixed {
  static constexpr info::Quantity kQuantity = info::Quantity::mi;
  static Card card() {
    return {"mixed",
            "Gao's variant of ksg1 that counts points which coincide",
            "labels beside numbers, numbers with repeated values",
            "n log n in few dimensions",
            "as ksg1; grids finer than the distances of neighbours",
            "subsampling"};
  }
  struct Options : info::Neighbours {
    static void describe(Schema& s) { describe_neighbours<Options>(s); }
  };
  static info::Estimator bind(const Options& options) {
    info::Estimator estimator;
    estimator.value = [options](const info::Sample& sample) {
      return info::mixed_ksg(sample.x, sample.y, options).value;
    };
    estimator.least_rows = [options](const info::Sample&) { return options.k + 1; };
    estimator.in_range = is_dense_pair;
    estimator.takes_ties = true;
    return estimator;
  }
};

const Registered<Mixed> kMixed;

}  // namespace
}  // namespace saddle::estimators
