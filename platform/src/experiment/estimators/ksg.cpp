#include <saddle/info/neighbour_information.hpp>

#include "experiment/estimators/neighbours.hpp"
#include "experiment/estimators/registry.hpp"
#include "info/special.hpp"

namespace saddle::estimators {
namespace {

constexpr const char* kLimits =
    "more than about 4 columns, heavy tails, strong dependence along a curve; too low there";

template <class Formula>
struct Ksg {
  static constexpr info::Quantity kQuantity = info::Quantity::mi;
  static Card card() { return Formula::card(); }
  struct Options : info::Neighbours {
    static void describe(Schema& s) { describe_neighbours<Options>(s); }
  };
  static info::Estimator bind(const Options& options) {
    info::Estimator estimator;
    estimator.value = [options](const info::Sample& sample) {
      return Formula::of(sample.x, sample.y, options);
    };
    estimator.least_rows = [options](const info::Sample&) { return options.k + 1; };
    estimator.ceiling = [options](const info::Sample& sample) {
      return info::digamma(static_cast<double>(sample.x.rows)) -
             info::digamma(static_cast<double>(options.k)) - Formula::below_psi(options.k);
    };
    estimator.in_range = is_dense_pair;
    return estimator;
  }
};

struct Ksg1 {
  static Card card() {
    return {"ksg1",
            "Kraskov, Stoegbauer and Grassberger's first",
            "continuous pairs of few dimensions, any smooth dependence",
            "n log n in few dimensions",
            kLimits,
            "subsampling"};
  }
  static double below_psi(std::size_t) { return 0; }
  static double of(const Matrix& x, const Matrix& y, const info::Neighbours& options) {
    return info::ksg1(x, y, options).value;
  }
};

struct Ksg2 {
  static Card card() {
    return {"ksg2",
            "their second, with a box of its own side along x and y",
            "as ksg1; less bias where x and y are very unlike, more noise for small k",
            "n log n in few dimensions",
            kLimits,
            "subsampling"};
  }
  // Its counts hold the k neighbours themselves.
  static double below_psi(std::size_t k) { return 1 / static_cast<double>(k); }
  static double of(const Matrix& x, const Matrix& y, const info::Neighbours& options) {
    return info::ksg2(x, y, options).value;
  }
};

const Registered<Ksg<Ksg1>> kKsg1;
const Registered<Ksg<Ksg2>> kKsg2;

}  // namespace
}  // namespace saddle::estimators
