#include <saddle/info/manifold.hpp>

#include <saddle/saddle.hpp>

#include <algorithm>
#include <cmath>

namespace {
using namespace saddle;

// Density and coverage (Naeem et al. 2020): how many balls of real samples a generated one lies in,
// and how many of the balls hold one. Only real samples have balls, so that stray generated samples
// do not count for much.
class DensityCoverage final : public Metric {
 public:
  struct Options : FeatureOptions {
    std::size_t neighbours = 5;
    static void describe(Schema& s) {
      s.field(&Options::neighbours, "neighbours",
              "k: the ball around a real sample reaches to its k-th nearest other one")
          .range(1, 10000);
      describe_features<Options>(s);
    }
  };
  DensityCoverage(const Options& options, const MetricSetup& setup)
      : neighbours_(options.neighbours), samples_(setup.samples), features_(options) {
    features_.require_points(setup, options.neighbours + 1);
  }

  std::vector<Need> needs() const override {
    return features_.needs({Need::generated, Need::truth});
  }
  std::vector<std::string> needs_offered() const override { return features_.needs_offered(); }
  std::vector<std::string> layers() const override { return features_.layers(); }
  std::vector<SeriesInfo> series() const override;
  std::vector<double> evaluate(const Snapshot& snapshot) const override;

 private:
  // The mean coverage of n generated samples of the law of n real ones, in any dimension (Naeem et
  // al. 2020, lemma 2): 1 - prod_{i=1..k} (n - i) / (2n - i).
  double ideal_coverage() const;

  std::size_t neighbours_, samples_;
  SampleFeatures features_;
};

double DensityCoverage::ideal_coverage() const {
  double missed = 1;
  const auto n = static_cast<double>(samples_);
  for (std::size_t i = 1; i <= neighbours_; ++i) {
    const auto taken = static_cast<double>(i);
    missed *= std::max(n - taken, 0.0) / std::max(2 * n - taken, 1.0);
  }
  return 1 - missed;
}

std::vector<SeriesInfo> DensityCoverage::series() const {
  const auto info = [&](std::string name, std::string definition, double ideal) {
    return SeriesInfo{std::move(name),
                      "1",
                      {{"definition", std::move(definition)},
                       {"ideal", write_scalar(std::round(ideal * 1e4) / 1e4).text},
                       {"neighbours", std::to_string(neighbours_) + ", balls without their rim"},
                       features_.attribute(),
                       {"n", std::to_string(samples_)}}};
  };
  return {
      info("density",
           "mean number of balls of real samples that a generated one lies in, over "
           "neighbours",
           1),
      info("coverage", "share of real samples whose ball holds a generated one", ideal_coverage())};
}

std::vector<double> DensityCoverage::evaluate(const Snapshot& snapshot) const {
  const Matrix real = features_.of_train(snapshot, snapshot.generated().shape(0));
  const auto found = info::density_coverage(real, features_.of_generated(snapshot), neighbours_);
  return {found.density, found.coverage};
}

}  // namespace

SADDLE_PLUGIN(metric, DensityCoverage, "density-coverage",
              "density and coverage of generated samples, by nearest neighbours");
