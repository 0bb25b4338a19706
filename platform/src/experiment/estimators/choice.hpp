#pragma once

#include "experiment/estimators/registry.hpp"

namespace saddle::estimators {

// An estimate, with the parts of what an estimator that chooses between ways took for it.
struct Assessed {
  info::Estimate estimate;
  std::vector<std::string> chosen = {};
};

// An estimator with the options that a user gave.
struct Choice {
  const Listed* listed;
  std::shared_ptr<void> options;
  info::Resampling resampling;
  info::Baseline baseline;  // of mutual information alone

  Assessed assess(const info::Sample& sample) const;
  // Every option and its value.
  Value settings() const;
};

// The estimators of these names, with settings "k=5" for each of them, or "ksg1.k=5" for one.
// Throws SpecError for a name or an option that there is not.
std::vector<Choice> choose(info::Quantity quantity, const std::vector<std::string>& names,
                           const std::vector<std::string>& settings);

}  // namespace saddle::estimators
