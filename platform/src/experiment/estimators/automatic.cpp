#include <saddle/bounds/automatic.hpp>

#include "experiment/estimators/registry.hpp"

namespace saddle::estimators {
namespace {

struct Automatic {
  static constexpr info::Quantity kQuantity = info::Quantity::mi;
  using Options = bounds::AutomaticOptions;
  static Card card() {
    return {"auto",
            "a copula, a critic on top of it, or nearest neighbours, by what held-out pairs show",
            "a first answer where nothing is known of the law",
            "up to a minute for 10,000 pairs",
            "structure in many dimensions that neither ranks nor a critic find; few pairs",
            "own",
            1};
  }
  static info::Estimator bind(const Options& options) {
    info::Estimator estimator;
    estimator.measured = [options](const info::Sample& s) {
      const bounds::AutomaticEstimate found = bounds::automatic_information(s.x, s.y, options);
      return info::Measured{found.value, found.standard_error};
    };
    estimator.value = [measured = estimator.measured](const info::Sample& s) {
      return measured(s).value;
    };
    estimator.least_rows = [](const info::Sample&) { return bounds::kAutomaticRows; };
    constexpr std::size_t kTried = 500;
    estimator.in_range = [](const info::Sample& s) { return s.x.rows >= kTried; };
    return estimator;
  }
};

const Registered<Automatic> kAutomatic;

}  // namespace
}  // namespace saddle::estimators
