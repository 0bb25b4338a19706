#include <saddle/info/histogram.hpp>
#include <saddle/info/symbols.hpp>

#include "experiment/estimators/discrete.hpp"
#include "experiment/estimators/registry.hpp"
#include "info/pairs.hpp"

namespace saddle::estimators {
namespace {

struct PlugIn {
  static constexpr info::Quantity kQuantity = info::Quantity::kl;
  static Card card() {
    return {"plug-in", "KL of the frequencies", "symbols seen many times each on both sides",
            "n log n", "infinite where y lacks a symbol of x, unless smoothed"};
  }
  struct Options : Binning {
    double smoothing = 0;
    static void describe(Schema& s) {
      describe_bins<Options>(s);
      s.field(&Options::smoothing, "smoothing", "added to each count of both sides").range(0, 1e6);
    }
  };
  static info::Estimator bind(const Options& options) {
    info::Estimator estimator;
    estimator.value = [options](const info::Sample& sample) {
      const auto all = symbols_of(info::stacked(sample.x, sample.y), options.bins);
      std::vector<double> p(info::symbol_counts(all).size()), q = p;
      for (std::size_t i = 0; i < all.size(); ++i) ++(i < sample.x.rows ? p : q)[all[i]];
      return info::kl_divergence(p, q, options.smoothing);
    };
    estimator.in_range = [options](const info::Sample& sample) {
      return is_well_seen(symbols_of(info::stacked(sample.x, sample.y), options.bins));
    };
    estimator.takes_ties = true;
    return estimator;
  }
};

const Registered<PlugIn> kPlugIn;

}  // namespace
}  // namespace saddle::estimators
