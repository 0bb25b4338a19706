#pragma once

#include "experiment/spec.hpp"

#include <optional>
#include <string>

namespace saddle {

// Watches one series for its smallest or largest value so far.
class BestValue {
 public:
  explicit BestValue(const LogSpec::Best& spec) : spec_(spec) {}

  // NaN is never the best.
  void observe(const std::string& series, double value);
  // Whether the best value has not been taken yet.
  bool improved() const { return improved_; }
  double take();

  // The best one so far that was taken, to be saved and put back.
  const std::optional<double>& value() const { return best_; }
  void restore(std::optional<double> value) {
    best_ = value;
    improved_ = false;
  }

 private:
  LogSpec::Best spec_;
  std::optional<double> best_;
  bool improved_ = false;
};

}  // namespace saddle
