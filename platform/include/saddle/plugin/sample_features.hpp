#pragma once

#include <saddle/base/export.hpp>
#include <saddle/base/schema.hpp>
#include <saddle/plugin/label_classifier.hpp>
#include <saddle/plugin/metric.hpp>
#include <saddle/plugin/snapshot.hpp>
#include <saddle/tensor/matrix.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace saddle {

// The options of metrics that compare samples by distances, in one of several spaces; an Options
// struct inherits them and describes them with `describe_features<Options>(schema)`.
struct FeatureOptions {
  std::string space = "samples", layer;
};

template <class O>
void describe_features(Schema& s) {
  s.field(static_cast<std::string O::*>(&O::space), "space",
          "what is compared: the samples themselves, flattened; the discriminator's output "
          "'features', which changes as it learns; or what the last hidden layer of a classifier "
          "makes of them, that of classifier-score with its default options, which is the same "
          "for every run on this dataset")
      .choices({"samples", "features", "classifier"});
  s.field(static_cast<std::string O::*>(&O::layer), "layer",
          "in place of space: the module path of a layer of the discriminator, as body.0, whose "
          "output is compared");
}

// Samples as points of the chosen space.
class SADDLE_API SampleFeatures {
 public:
  // Throws SpecError for options that exclude each other.
  explicit SampleFeatures(const FeatureOptions& options);

  // Throws SpecError where the setup's samples are fewer points than a metric is defined for.
  void require_points(const MetricSetup& setup, std::size_t least) const;
  // What a metric needs that needs `others` besides, the truth among them.
  std::vector<Need> needs(std::vector<Need> others) const;
  std::vector<std::string> needs_offered() const;
  std::vector<std::string> layers() const;
  // Each sample as a point, flattened: [n, sample...] -> [n, d]. Where the discriminator sees
  // packed samples, each of the n / packing tuples is a point of its features; a conditional one
  // sees them with their labels.
  Matrix of_real(const Snapshot& snapshot) const;
  Matrix of_generated(const Snapshot& snapshot) const;
  // The points of `count` training samples, evenly spaced, or of all where there are fewer; none
  // twice, since it would be its own neighbour.
  Matrix of_train(const Snapshot& snapshot, std::size_t count) const;
  // The points of `count` test samples, evenly spaced; nothing where there are fewer.
  std::optional<Matrix> of_test(const Snapshot& snapshot, std::size_t count) const;
  // What a reader of a series must know: "space", and its name.
  std::pair<std::string, std::string> attribute() const;

 private:
  Matrix of(const Snapshot& snapshot, const Batch& batch) const;

  FeatureOptions options_;
  // Found at the first record.
  mutable std::shared_ptr<const LabelClassifier> classifier_;
};

}  // namespace saddle
