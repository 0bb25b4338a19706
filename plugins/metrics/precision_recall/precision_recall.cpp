#include <saddle/info/manifold.hpp>

#include <saddle/saddle.hpp>

#include <limits>

namespace {
using namespace saddle;

// Improved precision and recall (Kynkaanniemi et al. 2019): whether generated samples lie where
// real ones do, and the reverse, by balls that reach to the k-th neighbour.
class PrecisionRecall final : public Metric {
 public:
  struct Options : FeatureOptions {
    std::size_t neighbours = 3;
    static void describe(Schema& s) {
      s.field(&Options::neighbours, "neighbours",
              "k: the ball around a sample reaches to its k-th nearest other one")
          .range(1, 10000);
      describe_features<Options>(s);
    }
  };
  PrecisionRecall(const Options& options, const MetricSetup& setup)
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
  std::size_t neighbours_, samples_;
  SampleFeatures features_;
};

std::vector<SeriesInfo> PrecisionRecall::series() const {
  const auto info = [&](std::string name, std::string definition) {
    return SeriesInfo{std::move(name),
                      "1",
                      {{"definition", std::move(definition)},
                       {"neighbours", std::to_string(neighbours_) + ", balls with their rim"},
                       features_.attribute(),
                       {"n", std::to_string(samples_)}}};
  };
  const std::string ideal = " of test samples in place of generated ones; NaN with fewer";
  return {info("precision", "share of generated samples in the ball of a real one"),
          info("recall", "share of real samples in the ball of a generated one"),
          info("ideal-precision", "precision" + ideal), info("ideal-recall", "recall" + ideal)};
}

std::vector<double> PrecisionRecall::evaluate(const Snapshot& snapshot) const {
  const std::size_t n = snapshot.generated().shape(0);
  const Matrix real = features_.of_train(snapshot, n);
  const auto found = info::precision_recall(real, features_.of_generated(snapshot), neighbours_);
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  info::PrecisionRecall ideal{kNan, kNan};
  if (const auto test = features_.of_test(snapshot, n))
    ideal = info::precision_recall(real, *test, neighbours_);
  return {found.precision, found.recall, ideal.precision, ideal.recall};
}

}  // namespace

SADDLE_PLUGIN(metric, PrecisionRecall, "precision-recall",
              "precision and recall of generated samples, by nearest neighbours");
