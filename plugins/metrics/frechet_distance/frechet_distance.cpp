#include <saddle/info/frechet.hpp>

#include <saddle/saddle.hpp>

#include <limits>

namespace {
using namespace saddle;

// The squared Frechet distance of real and generated samples, each taken for a Gaussian. It sees
// means and covariances alone. n samples of the law itself lie above 0, the more the larger their
// dimension: the series `floor` is what a perfect generator scores.
class FrechetDistance final : public Metric {
 public:
  struct Options : FeatureOptions {
    static void describe(Schema& s) { describe_features<Options>(s); }
  };
  FrechetDistance(const Options& options, const MetricSetup& setup)
      : samples_(setup.samples), features_(options) {
    features_.require_points(setup, 2);
  }

  std::vector<Need> needs() const override {
    return features_.needs({Need::real, Need::generated, Need::truth});
  }
  std::vector<std::string> needs_offered() const override { return features_.needs_offered(); }
  std::vector<std::string> layers() const override { return features_.layers(); }
  std::vector<SeriesInfo> series() const override;
  std::vector<double> evaluate(const Snapshot& snapshot) const override;

 private:
  std::size_t samples_;
  SampleFeatures features_;
};

std::vector<SeriesInfo> FrechetDistance::series() const {
  const auto info = [&](std::string name, std::string definition) {
    return SeriesInfo{std::move(name),
                      "1",
                      {{"definition", std::move(definition)},
                       {"estimator", "covariances with n - 1"},
                       features_.attribute(),
                       {"n", std::to_string(samples_)}}};
  };
  return {info("distance", "|m1 - m2|^2 + tr(S1 + S2) - 2 tr sqrt(S1 S2) of real and generated"),
          info("floor", "the same of real and test samples, as many of each; NaN with fewer")};
}

std::vector<double> FrechetDistance::evaluate(const Snapshot& snapshot) const {
  const Matrix real = features_.of_real(snapshot);
  const Matrix generated = features_.of_generated(snapshot);
  const auto test = features_.of_test(snapshot, snapshot.real().shape(0));
  return {info::frechet_distance(real, generated),
          test ? info::frechet_distance(real, *test) : std::numeric_limits<double>::quiet_NaN()};
}

}  // namespace

SADDLE_PLUGIN(metric, FrechetDistance, "frechet-distance",
              "Frechet distance of real and generated samples, as of Gaussians");
