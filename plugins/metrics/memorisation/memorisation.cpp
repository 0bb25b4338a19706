#include <saddle/info/memorisation.hpp>

#include <saddle/saddle.hpp>

#include <algorithm>

namespace {
using namespace saddle;

// Whether generated samples lie nearer to the training samples than to test samples of the same
// law, equally many of each. The share's deviation is 1 / (2 sqrt n) around 1/2 where nothing is
// memorised, and more where generated samples share a neighbour.
class MemorisationMetric final : public Metric {
 public:
  struct Options : FeatureOptions {
    std::size_t most = 10000;
    static void describe(Schema& s) {
      s.field(&Options::most, "most",
              "training and test samples to compare with, evenly spaced over each split; all that "
              "both splits have where that is less. Copies of a training sample that is left out "
              "are not seen")
          .range(1, 1e6);
      describe_features<Options>(s);
    }
  };
  MemorisationMetric(const Options& options, const MetricSetup& setup)
      : most_(options.most), samples_(setup.samples), features_(options) {}

  std::vector<Need> needs() const override {
    return features_.needs({Need::generated, Need::truth});
  }
  std::vector<std::string> needs_offered() const override {
    std::vector<std::string> needed = features_.needs_offered();
    needed.emplace_back("test-split");
    return needed;
  }
  std::vector<std::string> layers() const override { return features_.layers(); }
  std::vector<SeriesInfo> series() const override;
  std::vector<double> evaluate(const Snapshot& snapshot) const override;

 private:
  std::size_t most_, samples_;
  SampleFeatures features_;
};

std::vector<SeriesInfo> MemorisationMetric::series() const {
  const auto info = [&](std::string name, std::string definition) {
    return SeriesInfo{std::move(name),
                      "1",
                      {{"definition", std::move(definition)},
                       {"most", std::to_string(most_)},
                       features_.attribute(),
                       {"n", std::to_string(samples_)}}};
  };
  return {info("nearer-to-train",
               "share of generated samples that are nearer to the training than "
               "to the test samples, ties by half; 0.5 without memorisation"),
          info("median-to-train", "median distance to the nearest training sample"),
          info("median-to-test", "median distance to the nearest test sample")};
}

std::vector<double> MemorisationMetric::evaluate(const Snapshot& snapshot) const {
  const Dataset& data = snapshot.truth();
  const std::size_t count = std::min({most_, data.size(Split::train), data.size(Split::test)});
  const info::Memorisation found =
      info::memorisation(features_.of_generated(snapshot), features_.of_train(snapshot, count),
                         features_.of_test(snapshot, count).value());
  return {found.nearer_to_train, found.median_to_train, found.median_to_test};
}

}  // namespace

SADDLE_PLUGIN(metric, MemorisationMetric, "memorisation",
              "whether generated samples lie nearer to training than to test samples");
