#include <saddle/info/discrete.hpp>
#include <saddle/info/histogram.hpp>
#include <saddle/info/symbols.hpp>

#include "experiment/estimators/discrete.hpp"
#include "experiment/estimators/registry.hpp"
#include "info/pairs.hpp"

namespace saddle::estimators {
namespace {

using Labels = std::vector<std::size_t>;

template <class Formula>
struct OfPairs {
  static constexpr info::Quantity kQuantity = info::Quantity::mi;
  static Card card() { return Formula::card(); }
  struct Options : Binning {
    static void describe(Schema& s) { describe_bins<Options>(s); }
  };
  static info::Estimator bind(const Options& options) {
    info::Estimator estimator;
    estimator.value = [options](const info::Sample& sample) {
      return Formula::of(symbols_of(sample.x, options.bins), symbols_of(sample.y, options.bins));
    };
    estimator.in_range = [options](const info::Sample& sample) {
      return is_well_seen(symbols_of(info::side_by_side(sample.x, sample.y), options.bins));
    };
    estimator.takes_ties = true;
    return estimator;
  }
};

struct PlugIn {
  static Card card() {
    return {"plug-in", "H(x) + H(y) - H(x, y) of the frequencies", "symbols seen many times each",
            "n log n", "too high by about (Kxy - Kx - Ky + 1) / 2n"};
  }
  static double of(const Labels& a, const Labels& b) { return info::mutual_information(a, b); }
};

struct MillerMadow {
  static Card card() {
    return {"miller-madow", "plug-in, each entropy corrected by (K - 1) / 2n",
            "the plug-in's first bias taken off", "n log n",
            "fewer than two observations for each pair seen"};
  }
  static double of(const Labels& a, const Labels& b) {
    return info::miller_madow_information(a, b);
  }
};

const Registered<OfPairs<PlugIn>> kPlugIn;
const Registered<OfPairs<MillerMadow>> kMillerMadow;

}  // namespace
}  // namespace saddle::estimators
