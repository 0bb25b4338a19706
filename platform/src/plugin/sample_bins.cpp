#include <saddle/plugin/sample_bins.hpp>

#include <saddle/base/error.hpp>

#include <algorithm>
#include <cmath>

namespace saddle {

SampleBins::SampleBins(const BinOptions& options, const Shape& sample)
    : options_(options), dimension_(element_count(sample)) {
  if (dimension_ > 3)
    throw SpecError("samples " + to_text(sample) + " have " + std::to_string(dimension_) +
                    " dimensions, and no sample fills the bins of more than 3. Use a metric "
                    "without bins.");
  const auto most = static_cast<std::size_t>(
      std::pow(double{info::Histogram::kMostBins}, 1 / static_cast<double>(dimension_)) + 1e-6);
  if (options.bins > most)
    throw SpecError("bins: expected at most " + std::to_string(most) + " along each of " +
                    std::to_string(dimension_) + " axes, found " + std::to_string(options.bins) +
                    ".");
  check_limits("low", options.low);
  check_limits("high", options.high);
  if (options.low.empty() != options.high.empty())
    throw SpecError("low and high belong together. Give both, or neither.");
  if (!options.low.empty()) axes_ = stated_axes();
}

void SampleBins::check_limits(const std::string& name, const std::vector<double>& limits) const {
  if (limits.size() > 1 && limits.size() != dimension_)
    throw SpecError(name + ": expected one number for each of " + std::to_string(dimension_) +
                    " axes, or one for all, found " + std::to_string(limits.size()) + ".");
}

std::vector<info::Axis> SampleBins::stated_axes() const {
  std::vector<info::Axis> axes;
  const auto at = [](const std::vector<double>& limits, std::size_t j) {
    return limits.size() == 1 ? limits[0] : limits[j];
  };
  for (std::size_t j = 0; j < dimension_; ++j) {
    axes.push_back({at(options_.low, j), at(options_.high, j), options_.bins});
    if (!(axes[j].low < axes[j].high))
      throw SpecError("low: expected less than high, found " + write_scalar(axes[j].low).text +
                      " and high " + write_scalar(axes[j].high).text + " on axis " +
                      std::to_string(j) + ".");
  }
  return axes;
}

void SampleBins::fit(const Dataset& data) {
  if (!axes_.empty()) return;
  constexpr std::size_t kRows = 100000;
  const Tensor x =
      spread_rows(data, Split::train, std::min(data.size(Split::train), kRows)).x.value();
  for (std::size_t j = 0; j < dimension_; ++j) {
    double low = static_cast<double>(x.data()[j]), high = low;
    for (std::size_t i = 0; i < x.shape(0); ++i) {
      low = std::min(low, static_cast<double>(x.data()[i * dimension_ + j]));
      high = std::max(high, static_cast<double>(x.data()[i * dimension_ + j]));
    }
    const double margin = high > low ? 0.05 * (high - low) : 0.5;
    axes_.push_back({low - margin, high + margin, options_.bins});
  }
}

std::size_t SampleBins::count() const {
  std::size_t cells = 1;
  for (const info::Axis& axis : axes_) cells *= axis.bins;
  return cells + 1;
}

std::vector<std::size_t> SampleBins::cells(const Tensor& samples) const {
  const std::size_t outside = count() - 1;
  std::vector<std::size_t> found;
  std::vector<double> point(dimension_);
  for (std::size_t i = 0; i < samples.shape(0); ++i) {
    std::copy_n(samples.data() + i * dimension_, dimension_, point.begin());
    if (std::any_of(point.begin(), point.end(), [](double x) { return std::isnan(x); }))
      throw DivergedError("sample " + std::to_string(i) +
                          " holds NaN, which lies in no bin and not outside of them either.");
    found.push_back(info::bin_of(axes_, point.data()).value_or(outside));
  }
  return found;
}

std::vector<double> SampleBins::counts(const Tensor& samples) const {
  std::vector<double> counts(count());
  for (const std::size_t cell : cells(samples)) ++counts[cell];
  return counts;
}

std::vector<std::pair<std::string, std::string>> SampleBins::attributes() const {
  const auto text = [](const std::vector<double>& limits) {
    std::string list;
    for (const double x : limits) list += (list.empty() ? "" : ", ") + write_scalar(x).text;
    return list;
  };
  const bool stated = !options_.low.empty();
  const std::string margin = " by 5 % of their range";
  return {{"bins", std::to_string(options_.bins)},
          {"low", stated ? text(options_.low) : "below the training samples" + margin},
          {"high", stated ? text(options_.high) : "above the training samples" + margin}};
}

Batch spread_rows(const Dataset& data, Split split, std::size_t count) {
  Indices indices(count);
  for (std::size_t i = 0; i < count; ++i) indices[i] = i * data.size(split) / count;
  Batch rows{Variable(data.samples(split, indices)), {}};
  if (data.classes() > 0) rows.labels = data.labels(split, indices);
  return rows;
}

}  // namespace saddle
