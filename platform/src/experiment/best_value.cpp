#include "experiment/best_value.hpp"

#include <cmath>

namespace saddle {

void BestValue::observe(const std::string& series, double value) {
  if (series != spec_.series || std::isnan(value)) return;
  if (best_ && !(spec_.keep == "min" ? value < *best_ : value > *best_)) return;
  best_ = value;
  improved_ = true;
}

double BestValue::take() {
  improved_ = false;
  return *best_;
}

}  // namespace saddle
