#include <saddle/saddle.hpp>

#include <cmath>
#include <limits>

namespace {
using namespace saddle;

// How evenly generated samples fall on the K modes of a known mixture: the entropy of the number of
// the mode nearest in Mahalanobis distance. A generator that keeps m of K equal modes has ln m.
class ModeEntropy final : public Metric {
 public:
  ModeEntropy(const NoOptions&, const MetricSetup& setup) : samples_(setup.samples) {}

  std::vector<Need> needs() const override { return {Need::generated, Need::truth}; }
  std::vector<std::string> needs_offered() const override { return {"modes"}; }
  std::vector<SeriesInfo> series() const override {
    const std::string n = std::to_string(samples_);
    return {{"entropy",
             "nats",
             {{"definition", "H of the nearest mode of each generated sample"},
              {"estimator", "plug-in"},
              {"n", n}}},
            {"gap", "nats", {{"definition", "ln K - entropy, for K modes"}, {"n", n}}}};
  }

  std::vector<double> evaluate(const Snapshot& snapshot) const override {
    const auto modes = snapshot.truth().modes();
    if (!modes) throw PluginError("the dataset offers modes and has none");
    std::vector<std::size_t> labels;
    for (const ModeMatch& match : match_modes(*modes, snapshot.generated()))
      if (std::isfinite(match.distance)) labels.push_back(match.mode);
    if (labels.empty()) {
      constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
      return {kNone, kNone};
    }
    const double entropy = info::label_entropy(labels);
    return {entropy, std::log(static_cast<double>(modes->weights.size())) - entropy};
  }

 private:
  std::size_t samples_;
};

}  // namespace

SADDLE_PLUGIN(metric, ModeEntropy, "mode-entropy", "entropy of the modes that samples fall on");
