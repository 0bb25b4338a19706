#include "experiment/stop_rule.hpp"

#include <saddle/base/error.hpp>

#include "base/text.hpp"

#include <algorithm>

namespace saddle {

StopRule::StopRule(const StopSpec& spec, const std::vector<std::string>& series) : spec_(spec) {
  if (std::find(series.begin(), series.end(), spec.series) == series.end())
    throw SpecError("train.stop_when: this run records no series '" + spec.series + "'." +
                    suggestion(spec.series, series) + " It records: " + join(series, ", ") + ".");
}

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
