#include <saddle/saddle.hpp>

#include <cmath>

namespace {
using namespace saddle;

// The discrete entropy of samples over the cells of a histogram: H = -sum p ln p. It depends on the
// bins, halving their width along d axes adds about d ln 2, so that only values from the same bins
// compare; the plug-in estimate is too low by about (K - 1) / 2n with K occupied cells.
class EntropyHistogram final : public Metric {
 public:
  struct Options : BinOptions {
    static void describe(Schema& s) { describe_bins<Options>(s); }
  };
  EntropyHistogram(const Options& options, const MetricSetup& setup)
      : samples_(setup.samples), bins_(options, setup.shapes.sample) {}

  std::vector<Need> needs() const override { return {Need::real, Need::generated, Need::truth}; }
  std::vector<SeriesInfo> series() const override;
  std::vector<double> evaluate(const Snapshot& snapshot) const override;

 private:
  std::size_t samples_;
  mutable SampleBins bins_;  // laid at the first record, around the data
};

std::vector<SeriesInfo> EntropyHistogram::series() const {
  const auto info = [&](std::string name, std::string definition) {
    SeriesInfo series{
        std::move(name),
        "nats",
        {{"definition", std::move(definition)},
         {"estimator", "plug-in from counts in equal bins and one cell for all outside of them"},
         {"n", std::to_string(samples_)}}};
    for (auto& attribute : bins_.attributes()) series.attributes.push_back(std::move(attribute));
    return series;
  };
  return {info("generated", "H(generated)"), info("real", "H(real)"),
          info("ceiling", "ln of the number of cells")};
}

std::vector<double> EntropyHistogram::evaluate(const Snapshot& snapshot) const {
  bins_.fit(snapshot.truth());
  return {info::entropy(bins_.counts(snapshot.generated())),
          info::entropy(bins_.counts(snapshot.real())),
          std::log(static_cast<double>(bins_.count()))};
}

}  // namespace

SADDLE_PLUGIN(metric, EntropyHistogram, "entropy-histogram",
              "entropy of real and generated samples, from bins");
