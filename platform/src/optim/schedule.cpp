#include "optim/schedule.hpp"

#include <algorithm>
#include <cmath>

namespace saddle {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr double kMostSteps = 1e12;
constexpr double kLargest = 1e300;

// How far a step lies between the ends of a ramp, from 0 to 1.
double progress(const Ramp& ramp, std::int64_t step, std::int64_t steps) {
  const std::int64_t end = ramp.end.value_or(steps);
  if (step <= ramp.start) return 0;
  if (step >= end) return 1;
  return static_cast<double>(step - ramp.start) / static_cast<double>(end - ramp.start);
}

}  // namespace

void Ramp::describe(Schema& s) {
  s.field(&Ramp::from, "from", "value up to the start").range(-kLargest, kLargest).required();
  s.field(&Ramp::to, "to", "value from the end on").range(-kLargest, kLargest).required();
  s.field(&Ramp::start, "start", "where the change begins").unit("steps").range(0, kMostSteps);
  s.field(&Ramp::end, "end", "where it ends; the last step of the run by default")
      .unit("steps")
      .range(0, kMostSteps);
}

void Schedule::describe(Schema& s) {
  s.one_of();
  s.shorthand("constant");
  s.field(&Schedule::constant, "constant", "the same value at every step")
      .range(-kLargest, kLargest);
  s.field(&Schedule::linear, "linear", "a straight line");
  s.field(&Schedule::exponential, "exponential", "equal factors in equal times; both ends above 0");
  s.field(&Schedule::cosine, "cosine", "half a cosine wave (Loshchilov and Hutter 2017)");
}

Schedule Schedule::of(double value) {
  Schedule schedule;
  schedule.constant = value;
  return schedule;
}

bool Schedule::is_open() const {
  const auto open = [](const std::optional<Ramp>& ramp) { return ramp && !ramp->end; };
  return open(linear) || open(exponential) || open(cosine);
}

double Schedule::at(std::int64_t step, std::int64_t steps) const {
  if (linear) {
    const double t = progress(*linear, step, steps);
    return linear->from + t * (linear->to - linear->from);
  }
  if (exponential) {
    const double t = progress(*exponential, step, steps);
    return exponential->from * std::pow(exponential->to / exponential->from, t);
  }
  if (cosine) {
    const double t = progress(*cosine, step, steps);
    return cosine->to + (cosine->from - cosine->to) * (1 + std::cos(kPi * t)) / 2;
  }
  return constant.value_or(0);
}

}  // namespace saddle
