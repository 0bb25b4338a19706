#pragma once

#include <saddle/base/export.hpp>
#include <saddle/base/schema.hpp>
#include <saddle/plugin/dataset.hpp>
#include <saddle/tensor/matrix.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace saddle {

// How a classifier is trained; an Options struct inherits these and describes them with
// `describe_classifier<Options>(schema)`.
struct ClassifierOptions {
  std::vector<std::size_t> hidden = {256};
  std::size_t epochs = 5, batch = 128;
  double lr = 1e-3;
};

template <class O>
void describe_classifier(Schema& s) {
  s.field(static_cast<std::vector<std::size_t> O::*>(&O::hidden), "hidden",
          "units of each hidden layer of the classifier")
      .range(1, 65536);
  s.field(static_cast<std::size_t O::*>(&O::epochs), "epochs",
          "passes over the training split to train the classifier")
      .range(1, 10000);
  s.field(static_cast<std::size_t O::*>(&O::batch), "batch", "samples of each of its steps")
      .range(1, 1e6);
  s.field(static_cast<double O::*>(&O::lr), "lr", "its learning rate, with Adam").range(1e-9, 1e3);
}

// In words, for readers of a series.
std::string describe(const ClassifierOptions& options);

class LabelNetwork;

// A fully connected classifier of a dataset's labels. It is a function of the training split and
// the options alone, whatever the seed of a run, so that what it says of the samples of several
// runs compares.
class SADDLE_API LabelClassifier {
 public:
  // The classifier of this data, trained at the first call for data of this digest and these
  // options; later ones share it, and later processes find it in the user's cache. Throws SpecError
  // for a dataset without labels.
  static std::shared_ptr<const LabelClassifier> of(const Dataset& data,
                                                   const ClassifierOptions& options);
  ~LabelClassifier();

  // p(label | x) of each sample: [n, sample...] -> [n, classes]; NaN for a sample that is not
  // finite.
  Matrix probabilities(const Tensor& samples) const;
  // What the last hidden layer makes of each sample: [n, sample...] -> [n, units]; without hidden
  // layers the sample, standardised. NaN for a sample that is not finite.
  Matrix features(const Tensor& samples) const;
  // The share of the test split whose label is the likeliest one; NaN without a test split.
  double test_accuracy() const { return test_accuracy_; }

 private:
  // `key` names data and options. Trains it, or takes it from the cache.
  LabelClassifier(const Dataset& data, const ClassifierOptions& options, const std::string& key);

  std::unique_ptr<LabelNetwork> network_;
  double test_accuracy_;
};

}  // namespace saddle
