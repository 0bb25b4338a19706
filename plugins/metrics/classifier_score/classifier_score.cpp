#include <saddle/info/class_scores.hpp>

#include <saddle/saddle.hpp>

namespace {
using namespace saddle;

// The inception score (Salimans et al. 2016) with a classifier of the dataset's own labels in place
// of the Inception network: exp I(label; x) over generated samples. High where each sample is
// clearly of one class and the classes are even; it sees neither diversity within a class nor
// likeness to real samples, whose score stands beside it.
class ClassifierScore final : public Metric {
 public:
  struct Options : ClassifierOptions {
    static void describe(Schema& s) { describe_classifier<Options>(s); }
  };
  ClassifierScore(const Options& options, const MetricSetup& setup)
      : options_(options), samples_(setup.samples) {}

  std::vector<Need> needs() const override { return {Need::real, Need::generated, Need::truth}; }
  std::vector<std::string> needs_offered() const override { return {"labels"}; }
  std::vector<SeriesInfo> series() const override;
  std::vector<double> evaluate(const Snapshot& snapshot) const override;

 private:
  Options options_;
  std::size_t samples_;
  // Trained at the first record, on the training split.
  mutable std::shared_ptr<const LabelClassifier> classifier_;
};

std::vector<SeriesInfo> ClassifierScore::series() const {
  const auto info = [&](std::string name, std::string unit, std::string definition) {
    return SeriesInfo{std::move(name),
                      std::move(unit),
                      {{"definition", std::move(definition)},
                       {"classifier", describe(options_)},
                       {"n", std::to_string(samples_)}}};
  };
  return {info("score", "1", "exp of information, from 1 to the number of classes"),
          info("information", "nats", "I(label; x) = label-entropy - conditional-entropy"),
          info("label-entropy", "nats", "H(label) of the mean of p(label | x) of generated x"),
          info("conditional-entropy", "nats", "mean of H(label | x) of generated x"),
          info("real-score", "1", "the score of real samples"),
          info("accuracy", "%", "test samples whose label is the likeliest one")};
}

std::vector<double> ClassifierScore::evaluate(const Snapshot& snapshot) const {
  if (!classifier_) classifier_ = LabelClassifier::of(snapshot.truth(), options_);
  const auto scores = [&](const Tensor& x) {
    return info::class_scores(classifier_->probabilities(x));
  };
  const info::ClassScores generated = scores(snapshot.generated()), real = scores(snapshot.real());
  return {generated.score,
          generated.information,
          generated.label_entropy,
          generated.conditional_entropy,
          real.score,
          100 * classifier_->test_accuracy()};
}

}  // namespace

SADDLE_PLUGIN(metric, ClassifierScore, "classifier-score",
              "inception score by a classifier of the dataset's own labels");
