#include <saddle/info/wasserstein.hpp>

#include <saddle/saddle.hpp>

#include <limits>

namespace {
using namespace saddle;

// The Wasserstein-1 distance of real and generated samples along lines in random directions, drawn
// anew at each record. On samples of one number it is the Wasserstein-1 distance itself. n samples
// of the law itself lie above 0: the series `floor` is what a perfect generator scores.
class SlicedWasserstein final : public Metric {
 public:
  struct Options : FeatureOptions {
    std::size_t projections = 100;
    static void describe(Schema& s) {
      s.field(&Options::projections, "projections", "directions to average over").range(1, 1e6);
      describe_features<Options>(s);
    }
  };
  SlicedWasserstein(const Options& options, const MetricSetup& setup)
      : projections_(options.projections), samples_(setup.samples), features_(options) {}

  std::vector<Need> needs() const override {
    return features_.needs({Need::real, Need::generated, Need::truth});
  }
  std::vector<std::string> needs_offered() const override { return features_.needs_offered(); }
  std::vector<std::string> layers() const override { return features_.layers(); }
  std::vector<SeriesInfo> series() const override;
  std::vector<double> evaluate(const Snapshot& snapshot) const override;

 private:
  std::size_t projections_, samples_;
  SampleFeatures features_;
};

std::vector<SeriesInfo> SlicedWasserstein::series() const {
  const auto info = [&](std::string name, std::string definition) {
    return SeriesInfo{std::move(name),
                      "1",
                      {{"definition", std::move(definition)},
                       {"projections", std::to_string(projections_)},
                       features_.attribute(),
                       {"n", std::to_string(samples_)}}};
  };
  return {info("distance", "mean Wasserstein-1 distance of real and generated over projections"),
          info("floor", "the same of real and test samples, as many of each; NaN with fewer")};
}

std::vector<double> SlicedWasserstein::evaluate(const Snapshot& snapshot) const {
  const Matrix real = features_.of_real(snapshot);
  // Normal vectors point in every direction alike.
  Matrix directions(projections_, real.columns);
  const RandomStream random = snapshot.random().child("directions");
  for (std::size_t i = 0; i < projections_; ++i)
    random.normals(static_cast<std::uint32_t>(i), directions.columns, directions.row(i));
  const Matrix generated = features_.of_generated(snapshot);
  const auto test = features_.of_test(snapshot, snapshot.real().shape(0));
  return {info::sliced_wasserstein(real, generated, directions),
          test ? info::sliced_wasserstein(real, *test, directions)
               : std::numeric_limits<double>::quiet_NaN()};
}

}  // namespace

SADDLE_PLUGIN(metric, SlicedWasserstein, "sliced-wasserstein",
              "Wasserstein-1 distance of real and generated samples along random lines");
