#include <saddle/saddle.hpp>

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <set>

namespace {
using namespace saddle;

// Whether a categorical code of the latent has become the label of the samples, as InfoGAN (Chen et
// al. 2016, section 7.2) asks of the digits: each generated sample gets a label from a classifier
// of the dataset's own labels, and each category of the code stands for the label that its samples
// have most often.
class CodeAccuracy final : public Metric {
 public:
  struct Options : ClassifierOptions {
    std::string code;
    static void describe(Schema& s) {
      s.field(&Options::code, "code", "the categorical part of the latent").required();
      describe_classifier<Options>(s);
    }
  };
  CodeAccuracy(const Options& options, const MetricSetup& setup)
      : options_(options),
        samples_(setup.samples),
        code_(latent_parts(setup.shapes, {options.code}, "code").front()) {
    if (code_.law != "categorical")
      throw SpecError("code: the part '" + code_.name + "' is drawn by '" + code_.law +
                      "', and has no categories. Take a categorical one.");
  }

  std::vector<Need> needs() const override { return {Need::generated, Need::latent, Need::truth}; }
  std::vector<std::string> needs_offered() const override { return {"labels"}; }
  std::vector<SeriesInfo> series() const override;
  std::vector<double> evaluate(const Snapshot& snapshot) const override;

 private:
  Options options_;
  std::size_t samples_;
  LatentPart code_;
  mutable std::shared_ptr<const LabelClassifier> classifier_;
};

std::vector<SeriesInfo> CodeAccuracy::series() const {
  const std::string n = std::to_string(samples_);
  return {
      {"accuracy",
       "%",
       {{"definition", "samples whose label is the one that their category stands for"}, {"n", n}}},
      {"labels", "1", {{"definition", "labels that a category stands for"}, {"n", n}}},
      {"information",
       "nats",
       {{"definition", "I(code; label), at most the entropy of either"},
        {"estimator", "plug-in"},
        {"n", n}}}};
}

// The place of the largest number of each row.
std::vector<std::size_t> categories(const Matrix& rows) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < rows.rows; ++i)
    found.push_back(static_cast<std::size_t>(
        std::max_element(rows.row(i), rows.row(i) + rows.columns) - rows.row(i)));
  return found;
}

std::vector<double> CodeAccuracy::evaluate(const Snapshot& snapshot) const {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  if (!all_finite(snapshot.generated())) return {kNone, kNone, kNone};
  if (!classifier_) classifier_ = LabelClassifier::of(snapshot.truth(), options_);
  const std::vector<std::size_t> labels =
      categories(classifier_->probabilities(snapshot.generated()));
  const std::vector<std::size_t> codes =
      categories(to_matrix(snapshot.latent().part(code_.name).value()));
  const std::size_t classes = snapshot.truth().classes();
  std::map<std::size_t, std::vector<std::size_t>> counts;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    std::vector<std::size_t>& of_code = counts[codes[i]];
    of_code.resize(classes);
    ++of_code[labels[i]];
  }
  std::size_t right = 0;
  std::set<std::ptrdiff_t> stood_for;
  for (const auto& [code, of_code] : counts) {
    const auto most = std::max_element(of_code.begin(), of_code.end());
    right += *most;
    stood_for.insert(most - of_code.begin());
  }
  return {100 * static_cast<double>(right) / static_cast<double>(codes.size()),
          static_cast<double>(stood_for.size()), info::mutual_information(codes, labels)};
}

}  // namespace

SADDLE_PLUGIN(metric, CodeAccuracy, "code-accuracy",
              "whether a categorical code has become the label of the samples");
