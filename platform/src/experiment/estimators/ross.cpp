#include <saddle/info/neighbour_information.hpp>
#include <saddle/info/symbols.hpp>

#include "experiment/estimators/neighbours.hpp"
#include "experiment/estimators/registry.hpp"

#include <map>

namespace saddle::estimators {
namespace {

// Whether nine rows in ten have k others of their label.
bool labels_have_neighbours(const std::vector<std::size_t>& labels, std::size_t k) {
  std::map<std::size_t, std::size_t> counts;
  for (const std::size_t label : labels) ++counts[label];
  std::size_t rows = 0;
  for (const auto& [label, count] : counts)
    if (count > k) rows += count;
  return 10 * rows >= 9 * labels.size();
}

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
    estimator.in_range = [options](const info::Sample& sample) {
      return labels_have_neighbours(info::symbols_of(sample.x), options.k);
    };
    estimator.takes_ties = true;
    return estimator;
  }
};

const Registered<Ross> kRoss;

}  // namespace
}  // namespace saddle::estimators
