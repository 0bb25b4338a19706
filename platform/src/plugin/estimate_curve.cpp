#include <saddle/plugin/estimate_curve.hpp>

#include <saddle/base/error.hpp>

#include <limits>
#include <utility>

namespace saddle {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr std::pair<const char*, double> kFlags[] = {
    {"negative", 1}, {"saturated", 2}, {"exceeds-entropy", 4}, {"ties", 8}, {"uncalibrated", 16}};

double sum_of_flags(const info::Estimate& estimate) {
  double sum = 0;
  for (const auto& [flag, number] : kFlags)
    if (estimate.has(flag)) sum += number;
  return sum;
}

}  // namespace

EstimateCurve::EstimateCurve(std::string name, info::Estimator estimator,
                             const EstimateOptions& options,
                             std::vector<std::pair<std::string, std::string>> attributes)
    : name_(std::move(name)),
      estimator_(std::move(estimator)),
      groups_(options.groups),
      attributes_(std::move(attributes)) {
  attributes_.emplace_back("groups", std::to_string(groups_));
}

void EstimateCurve::declare(std::vector<SeriesInfo>& series) const {
  series.push_back({name_, "nats", attributes_});
  const auto beside = [&](const char* what, const char* unit, std::string definition) {
    series.push_back({name_ + "-" + what, unit, {{"definition", std::move(definition)}}});
  };
  beside("error", "nats", "standard error of " + name_ + ", from each group of samples alone");
  if (has_baseline())
    beside("baseline", "nats", "the mean of " + name_ + " over pairs that were permuted");
  if (estimator_.ceiling) beside("ceiling", "nats", "the most that " + name_ + " can be");
  std::string legend = "sum of";
  for (const auto& [flag, number] : kFlags)
    legend += " " + std::to_string(static_cast<int>(number)) + " " + flag;
  beside("flags", "1", std::move(legend));
}

void EstimateCurve::evaluate(const info::Sample& sample, const RandomStream& random,
                             std::vector<double>& values) const {
  info::Resampling resampling;
  resampling.error = "subsampling";
  resampling.groups = groups_;
  resampling.seed = random.child(name_).below(0, std::uint64_t{1} << 53);
  info::Estimate estimate{kNan, kNan, kNan, kNan, 0, kNan, {}};
  double flags = kNan;
  try {
    estimate = info::assess(estimator_, name_, sample, resampling);
    flags = sum_of_flags(estimate);
  } catch (const DataError&) {
    // A sample without an estimate is no reason to end a run.
  }
  values.insert(values.end(), {estimate.value, estimate.standard_error});
  if (has_baseline()) values.push_back(estimate.baseline);
  if (estimator_.ceiling) values.push_back(estimate.ceiling);
  values.push_back(flags);
}

}  // namespace saddle
