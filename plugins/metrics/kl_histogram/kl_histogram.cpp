#include <saddle/info/histogram.hpp>
#include <saddle/saddle.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace {
using namespace saddle;

// KL between real and generated samples from their counts in the bins of a box. All that lies
// outside of the box is one further cell: the cells cover the whole space, so that what escapes the
// box still counts. Wide bins hide differences and lower the KL, few points per bin raise it; the
// series `floor` is what a perfect generator scores with as many points.
class KlHistogram final : public Metric {
 public:
  struct Options {
    std::size_t bins = 50;
    std::vector<double> low, high;
    double smoothing = 1;
    static void describe(Schema& s) {
      s.field(&Options::bins, "bins", "along each axis").range(1, 1e7);
      s.field(&Options::low, "low",
              "where the bins begin, one number for each axis or for all; by default below the "
              "training samples by 5 % of their range")
          .range(-1e9, 1e9);
      s.field(&Options::high, "high", "where the bins end, in the same way").range(-1e9, 1e9);
      s.field(&Options::smoothing, "smoothing",
              "points added to each sample, spread evenly over all bins; with 0 the KL is infinite "
              "where the second sample misses a bin of the first")
          .range(0, 1e6);
    }
  };
  KlHistogram(const Options& options, const MetricSetup& setup);

  std::vector<Need> needs() const override { return {Need::real, Need::generated, Need::truth}; }
  std::vector<SeriesInfo> series() const override;
  std::vector<double> evaluate(const Snapshot& snapshot) override;

 private:
  void check_limits(const std::string& name, const std::vector<double>& limits) const;
  std::vector<info::Axis> stated_axes() const;
  std::vector<info::Axis> axes_around(const Dataset& data) const;
  // The points in each bin and, last, outside of them: [n, sample...] -> bins + 1 counts.
  std::vector<double> cells(const Tensor& samples) const;
  double kl(const std::vector<double>& p, const std::vector<double>& q) const {
    return info::kl_divergence(p, q, options_.smoothing / static_cast<double>(p.size()));
  }

  Options options_;
  std::size_t dimension_, samples_;
  // From the options or the training data alone, so that they are the same at every step.
  std::vector<info::Axis> axes_;
};

// `count` rows of a split, evenly spaced, since files may be sorted.
Tensor spread(const Dataset& data, Split split, std::size_t count) {
  std::vector<std::size_t> indices(count);
  for (std::size_t i = 0; i < count; ++i) indices[i] = i * data.size(split) / count;
  return data.samples(split, indices);
}

KlHistogram::KlHistogram(const Options& options, const MetricSetup& setup)
    : options_(options), dimension_(element_count(setup.shapes.sample)), samples_(setup.samples) {
  if (dimension_ > 3)
    throw SpecError("samples " + to_text(setup.shapes.sample) + " have " +
                    std::to_string(dimension_) +
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

void KlHistogram::check_limits(const std::string& name, const std::vector<double>& limits) const {
  if (limits.size() > 1 && limits.size() != dimension_)
    throw SpecError(name + ": expected one number for each of " + std::to_string(dimension_) +
                    " axes, or one for all, found " + std::to_string(limits.size()) + ".");
}

std::vector<info::Axis> KlHistogram::stated_axes() const {
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

std::vector<info::Axis> KlHistogram::axes_around(const Dataset& data) const {
  constexpr std::size_t kRows = 100000;
  const Tensor x = spread(data, Split::train, std::min(data.size(Split::train), kRows));
  std::vector<info::Axis> axes;
  for (std::size_t j = 0; j < dimension_; ++j) {
    double low = x.data()[j], high = low;
    for (std::size_t i = 0; i < x.shape(0); ++i) {
      low = std::min(low, double{x.data()[i * dimension_ + j]});
      high = std::max(high, double{x.data()[i * dimension_ + j]});
    }
    const double margin = high > low ? 0.05 * (high - low) : 0.5;
    axes.push_back({low - margin, high + margin, options_.bins});
  }
  return axes;
}

std::vector<double> KlHistogram::cells(const Tensor& samples) const {
  info::Histogram histogram(axes_);
  std::vector<double> point(dimension_);
  for (std::size_t i = 0; i < samples.shape(0); ++i) {
    std::copy_n(samples.data() + i * dimension_, dimension_, point.begin());
    histogram.add(point.data());
  }
  std::vector<double> counts = histogram.counts();
  counts.push_back(histogram.outside());
  return counts;
}

std::vector<SeriesInfo> KlHistogram::series() const {
  const auto text = [](const std::vector<double>& limits) {
    std::string list;
    for (const double x : limits) list += (list.empty() ? "" : ", ") + write_scalar(x).text;
    return list;
  };
  const bool stated = !options_.low.empty();
  const std::string margin = " by 5 % of their range";
  const auto info = [&](std::string name, std::string unit, std::string definition) {
    return SeriesInfo{
        std::move(name),
        std::move(unit),
        {{"definition", std::move(definition)},
         {"estimator", "plug-in from counts in equal bins and one cell for all outside of them"},
         {"bins", std::to_string(options_.bins)},
         {"low", stated ? text(options_.low) : "below the training samples" + margin},
         {"high", stated ? text(options_.high) : "above the training samples" + margin},
         {"smoothing", write_scalar(options_.smoothing).text},
         {"n", std::to_string(samples_)}}};
  };
  return {info("forward", "nats", "KL(real || generated)"),
          info("reverse", "nats", "KL(generated || real)"),
          info("floor", "nats", "KL(real || test samples), as many of each; NaN with fewer"),
          info("outside", "%", "generated points outside of the bins")};
}

std::vector<double> KlHistogram::evaluate(const Snapshot& snapshot) {
  const Dataset& data = snapshot.truth();
  if (axes_.empty()) axes_ = axes_around(data);
  const std::size_t n = snapshot.real().shape(0);
  const std::vector<double> real = cells(snapshot.real()), generated = cells(snapshot.generated());
  const double floor = data.size(Split::test) < n ? std::numeric_limits<double>::quiet_NaN()
                                                  : kl(real, cells(spread(data, Split::test, n)));
  const double outside =
      100 * generated.back() / static_cast<double>(snapshot.generated().shape(0));
  return {kl(real, generated), kl(generated, real), floor, outside};
}

}  // namespace

SADDLE_PLUGIN(metric, KlHistogram, "kl-histogram", "KL of real and generated samples, from bins");
