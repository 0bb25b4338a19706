#include <saddle/info/neighbour_information.hpp>

#include "experiment/estimators/neighbours.hpp"
#include "experiment/estimators/registry.hpp"

#include <algorithm>
#include <optional>

namespace saddle::estimators {
namespace {

struct Lnc {
  static constexpr info::Quantity kQuantity = info::Quantity::mi;
  static Card card() {
    return {
        "lnc",
        "ksg2 corrected for neighbours along a slope",
        "very strong dependence",
        "n log n in few dimensions",
        "coordinates of x, or of y, that depend on each other; weak dependence; more than about 4 "
        "columns",
        "subsampling"};
  }
  struct Options : info::Neighbours {
    Options() { k = 10; }
    double alpha = 0;
    static void describe(Schema& s) {
      describe_neighbours<Options>(s);
      s.field(&Options::alpha, "alpha",
              "the share of volume below which a slope is seen; 0 for what 0.5 % of uniform "
              "neighbourhoods fall below")
          .range(0, 1);
    }
  };
  static info::Estimator bind(const Options& options) {
    info::Estimator estimator;
    estimator.value = [options](const info::Sample& sample) {
      const std::optional<double> alpha =
          options.alpha > 0 ? std::optional(options.alpha) : std::nullopt;
      return info::lnc(sample.x, sample.y, options, alpha).value;
    };
    estimator.least_rows = [options](const info::Sample&) { return options.k + 1; };
    estimator.in_range = is_dense_pair;
    return estimator;
  }
};

const Registered<Lnc> kLnc;

}  // namespace
}  // namespace saddle::estimators
