#pragma once

#include "experiment/spec.hpp"

#include <cstdint>
#include <string>

namespace saddle {

// Watches one series of the log until it has been on the wanted side for `patience` records.
class StopRule {
 public:
  explicit StopRule(const StopSpec& spec) : spec_(spec) {}
  // A record of a series, "kl-histogram/forward" or "generator".
  void observe(const std::string& series, double value);
  // How many records it has held, to be saved and put back.
  std::int64_t held() const { return held_; }
  void restore(std::int64_t held) { held_ = held; }
  bool met() const { return held_ >= spec_.patience; }
  // "kl-histogram/forward was below 0.01 in 3 records".
  std::string reason() const;

 private:
  StopSpec spec_;
  std::int64_t held_ = 0;
};

}  // namespace saddle
