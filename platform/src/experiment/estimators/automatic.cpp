#include <saddle/bounds/automatic.hpp>

#include "experiment/estimators/registry.hpp"

#include <sstream>
#include <utility>

namespace saddle::estimators {
namespace {

// "student-copula+critic" -> its parts.
std::vector<std::string> parts_of(const std::string& chosen) {
  std::vector<std::string> parts;
  std::istringstream text(chosen);
  for (std::string part; std::getline(text, part, '+');) parts.push_back(part);
  return parts;
}

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
  static Bound bind(const Options& options) {
    const auto chosen = std::make_shared<std::vector<std::string>>();
    info::Estimator estimator;
    estimator.measured = [options, chosen](const info::Sample& s) {
      const bounds::AutomaticEstimate found = bounds::automatic_information(s.x, s.y, options);
      if (chosen->empty()) *chosen = parts_of(found.chosen);
      return info::Measured{found.value, found.standard_error};
    };
    estimator.value = [measured = estimator.measured](const info::Sample& s) {
      return measured(s).value;
    };
    estimator.least_rows = [](const info::Sample&) { return bounds::kAutomaticRows; };
    constexpr std::size_t kTried = 500;
    estimator.in_range = [](const info::Sample& s) { return s.x.rows >= kTried; };
    return {std::move(estimator), chosen};
  }
};

const Registered<Automatic> kAutomatic;

}  // namespace
}  // namespace saddle::estimators
