#include <saddle/plugin/sample_features.hpp>

#include <saddle/base/error.hpp>
#include <saddle/plugin/sample_bins.hpp>

#include <algorithm>

namespace saddle {

SampleFeatures::SampleFeatures(const FeatureOptions& options) : options_(options) {
  if (!options.layer.empty() && options.space != "samples")
    throw SpecError("layer and space: " + options.space + " exclude each other. Give one of them.");
}

void SampleFeatures::require_points(const MetricSetup& setup, std::size_t least) const {
  const bool by_discriminator = !options_.layer.empty() || options_.space == "features";
  require_samples(setup, by_discriminator ? least * setup.shapes.packing() : least);
}

std::vector<Need> SampleFeatures::needs(std::vector<Need> others) const {
  if (!options_.layer.empty()) others.push_back(Need::layers);
  if (options_.space == "features") others.push_back(Need::discriminator);
  return others;
}

std::vector<std::string> SampleFeatures::needs_offered() const {
  if (options_.space == "features") return {"features"};
  if (options_.space == "classifier") return {"labels"};
  return {};
}

std::vector<std::string> SampleFeatures::layers() const {
  if (options_.layer.empty()) return {};
  return {options_.layer};
}

Matrix SampleFeatures::of(const Snapshot& snapshot, const Batch& batch) const {
  const Tensor& samples = batch.x.value();
  if (!options_.layer.empty()) return to_matrix(snapshot.layer(batch, options_.layer));
  if (options_.space == "features")
    return to_matrix(snapshot.discriminate(batch).get("features").value());
  if (options_.space == "classifier") {
    if (!classifier_) classifier_ = LabelClassifier::of(snapshot.truth(), {});
    return classifier_->features(samples);
  }
  return to_matrix(samples);
}

Matrix SampleFeatures::of_real(const Snapshot& snapshot) const {
  return of(snapshot, snapshot.real_batch());
}

Matrix SampleFeatures::of_generated(const Snapshot& snapshot) const {
  return of(snapshot, snapshot.generated_batch());
}

Matrix SampleFeatures::of_train(const Snapshot& snapshot, std::size_t count) const {
  const Dataset& data = snapshot.truth();
  return of(snapshot, spread_rows(data, Split::train, std::min(count, data.size(Split::train))));
}

std::optional<Matrix> SampleFeatures::of_test(const Snapshot& snapshot, std::size_t count) const {
  if (snapshot.truth().size(Split::test) < count) return std::nullopt;
  return of(snapshot, spread_rows(snapshot.truth(), Split::test, count));
}

std::pair<std::string, std::string> SampleFeatures::attribute() const {
  if (!options_.layer.empty()) return {"space", "discriminator's layer " + options_.layer};
  if (options_.space == "features") return {"space", "discriminator's features"};
  if (options_.space == "classifier")
    return {"space",
            "last hidden layer of a classifier of the labels: " + describe(ClassifierOptions())};
  return {"space", "samples"};
}

}  // namespace saddle
