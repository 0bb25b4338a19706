#include <saddle/info/neighbour_information.hpp>
#include <saddle/info/symbols.hpp>

#include "experiment/estimators/neighbours.hpp"
#include "experiment/estimators/registry.hpp"

namespace saddle::estimators {
namespace {

struct Ross {
  static constexpr info::Quantity kQuantity = info::Quantity::mi;
  static Card card() {
    return {"ross",
            "neighbours of the same label, the rows of x being labels",
            "labels beside numbers, in many dimensions too",
            "n log n in few dimensions",
            "too low where labels have no more than k rows",
            "subsampling"};
  }
  struct Options : info::Neighbours {
    static void describe(Schema& s) { describe_neighbours<Options>(s); }
  };
  static info::Estimator bind(const Options& options) {
    info::Estimator estimator;
    estimator.value = [options](const info::Sample& sample) {
      return info::label_ksg(info::symbols_of(sample.x), sample.y, options).value;
    };
    estimator.least_rows = [options](const info::Sample&) { return options.k + 1; };
    estimator.takes_ties = true;
    return estimator;
  }
};

const Registered<Ross> kRoss;

}  // namespace
}  // namespace saddle::estimators
