#pragma once

#include <saddle/plugin/dataset.hpp>

namespace saddle {

// Samples of a mixture of isotropic Gaussians whose density is known. The training points are drawn
// once from the dataset's stream: sample i is a function of the seed and i. The test split has as
// many points, drawn from a stream of its own. Labels are the modes.
class SADDLE_API MixtureDataset : public Dataset {
 public:
  MixtureDataset(Modes modes, std::size_t points, const DataSource& source);
  ~MixtureDataset() override;

  Shape sample_shape() const final;
  std::size_t size(Split split) const final;
  Tensor samples(Split split, const Indices& indices) const final;
  std::size_t classes() const final;
  Labels labels(Split split, const Indices& indices) const final;
  std::optional<std::vector<double>> log_density(const Tensor& x) const final;
  std::optional<Modes> modes() const final;

 private:
  struct Streams {
    RandomStream mode, noise;
  };
  std::size_t mode_of(Split split, std::size_t index) const;
  const Streams& streams(Split split) const;

  Modes modes_;
  std::vector<double> cumulative_;  // of the weights
  std::size_t points_;
  Streams train_, test_;
};

}  // namespace saddle
