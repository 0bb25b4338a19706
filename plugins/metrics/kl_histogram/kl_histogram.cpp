#include <saddle/saddle.hpp>

#include <limits>

namespace {
using namespace saddle;

// Divergences of real and generated samples from their counts in the cells of a histogram. Wide
// bins hide differences and lower the KL, few points per bin raise it; the series `floor` is what a
// perfect generator scores with as many points.
class KlHistogram final : public Metric {
 public:
  struct Options : BinOptions {
    double smoothing = 1;
    static void describe(Schema& s) {
      describe_bins<Options>(s);
      s.field(&Options::smoothing, "smoothing",
              "points added to each sample, spread evenly over all bins; with 0 the KL is infinite "
              "where the second sample misses a bin of the first")
          .range(0, 1e6);
    }
  };
  KlHistogram(const Options& options, const MetricSetup& setup)
      : smoothing_(options.smoothing),
        samples_(setup.samples),
        bins_(options, setup.shapes.sample) {}

  std::vector<Need> needs() const override { return {Need::real, Need::generated, Need::truth}; }
  std::vector<SeriesInfo> series() const override;
  std::vector<double> evaluate(const Snapshot& snapshot) const override;

 private:
  double kl(const std::vector<double>& p, const std::vector<double>& q) const {
    return info::kl_divergence(p, q, smoothing_ / static_cast<double>(p.size()));
  }

  double smoothing_;
  std::size_t samples_;
  mutable SampleBins bins_;  // laid at the first record, around the data
};

std::vector<SeriesInfo> KlHistogram::series() const {
  const auto info = [&](std::string name, std::string unit, std::string definition,
                        const std::string& smoothing) {
    SeriesInfo series{
        std::move(name),
        std::move(unit),
        {{"definition", std::move(definition)},
         {"estimator", "plug-in from counts in equal bins and one cell for all outside of them"}}};
    for (auto& attribute : bins_.attributes()) series.attributes.push_back(std::move(attribute));
    series.attributes.emplace_back("smoothing", smoothing);
    series.attributes.emplace_back("n", std::to_string(samples_));
    return series;
  };
  const std::string smoothing = write_scalar(smoothing_).text;
  return {
      info("forward", "nats", "KL(real || generated)", smoothing),
      info("reverse", "nats", "KL(generated || real)", smoothing),
      info("jensen-shannon", "nats", "Jensen-Shannon divergence, at most ln 2", "0"),
      info("floor", "nats", "KL(real || test samples), as many of each; NaN with fewer", smoothing),
      info("outside", "%", "generated points outside of the bins", "0")};
}

std::vector<double> KlHistogram::evaluate(const Snapshot& snapshot) const {
  const Dataset& data = snapshot.truth();
  bins_.fit(data);
  const std::size_t n = snapshot.real().shape(0);
  const std::vector<double> real = bins_.counts(snapshot.real());
  const std::vector<double> generated = bins_.counts(snapshot.generated());
  const double floor = data.size(Split::test) < n
                           ? std::numeric_limits<double>::quiet_NaN()
                           : kl(real, bins_.counts(spread_rows(data, Split::test, n).x.value()));
  const double outside =
      100 * generated.back() / static_cast<double>(snapshot.generated().shape(0));
  return {kl(real, generated), kl(generated, real), info::jensen_shannon(real, generated), floor,
          outside};
}

}  // namespace

SADDLE_PLUGIN(metric, KlHistogram, "kl-histogram",
              "KL and Jensen-Shannon of real and generated samples, from bins");
