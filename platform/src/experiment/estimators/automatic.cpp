#include <saddle/bounds/automatic.hpp>

#include "experiment/estimators/gaussian.hpp"
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

// Where what was chosen is known to be right: a copula that no moment speaks against, or neighbours
// in few dimensions. What a critic adds is a lower bound, and no error tells what it missed.
bool is_in_range(const std::vector<std::string>& chosen, double ellipticity,
                 const info::Sample& s) {
  constexpr std::size_t kTried = 500, kMostNear = 4;
  constexpr double kMostScore = 3;
  if (s.x.rows < kTried || chosen.size() != 1) return false;
  if (chosen[0] == "neighbours") return s.x.columns + s.y.columns <= kMostNear;
  if (chosen[0] == "student-copula") return ellipticity <= kMostScore;
  return looks_like_gaussian_copula(s.x, s.y);
}

struct Automatic {
  static constexpr info::Quantity kQuantity = info::Quantity::mi;
  using Options = bounds::AutomaticOptions;
  static Card card() {
    return {"auto",
            "a copula, a critic on top of it, or nearest neighbours, by what held-out pairs show",
            "a first answer where nothing is known of the law",
            "up to a minute for 10,000 pairs",
            "structure in many dimensions that neither ranks nor a critic find; few pairs; what a "
            "critic had to add is flagged",
            "own",
            1};
  }
  static Bound bind(const Options& options) {
    const auto chosen = std::make_shared<std::vector<std::string>>();
    const auto ellipticity = std::make_shared<double>(0);
    info::Estimator estimator;
    estimator.measured = [options, chosen, ellipticity](const info::Sample& s) {
      const bounds::AutomaticEstimate found = bounds::automatic_information(s.x, s.y, options);
      if (chosen->empty()) {
        *chosen = parts_of(found.chosen);
        *ellipticity = found.ellipticity;
      }
      return info::Measured{found.value, found.standard_error};
    };
    estimator.value = [measured = estimator.measured](const info::Sample& s) {
      return measured(s).value;
    };
    estimator.least_rows = [](const info::Sample&) { return bounds::kAutomaticRows; };
    estimator.in_range = [chosen, ellipticity](const info::Sample& s) {
      return is_in_range(*chosen, *ellipticity, s);
    };
    return {std::move(estimator), chosen};
  }
};

const Registered<Automatic> kAutomatic;

}  // namespace
}  // namespace saddle::estimators
