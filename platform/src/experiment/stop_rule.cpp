#include "experiment/stop_rule.hpp"

#include "base/text.hpp"

namespace saddle {

void StopRule::observe(const std::string& series, double value) {
  if (series != spec_.series) return;
  const bool holds = spec_.below ? value < *spec_.below : value > *spec_.above;
  held_ = holds ? held_ + 1 : 0;
}

std::string StopRule::reason() const {
  return spec_.series +
         (spec_.below ? " was below " + number_text(*spec_.below)
                      : " was above " + number_text(*spec_.above)) +
         " in " + std::to_string(held_) + (held_ == 1 ? " record" : " records");
}

}  // namespace saddle
