#pragma once

#include <saddle/base/export.hpp>
#include <saddle/base/random.hpp>
#include <saddle/plugin/batch.hpp>
#include <saddle/tensor/tensor.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace saddle {

enum class Split { train, test };

// What a dataset may use while it is made.
class SADDLE_API DataSource {
 public:
  DataSource(RandomStream stream, std::vector<std::string> folders);
  // The stream of data that are drawn, not read.
  const RandomStream& stream() const { return stream_; }
  // Finds a file of the spec: absolute, or below the spec's folder, $SADDLE_DATA_DIR or the data
  // folder of the tree. Throws DataError naming the places, with `how_to_get` as advice.
  std::string find(const std::string& path, const std::string& how_to_get =
                                                "Check the path, or set SADDLE_DATA_DIR to the "
                                                "folder that it starts from.") const;

 private:
  RandomStream stream_;
  std::vector<std::string> folders_;
};

// The components of a mixture of isotropic Gaussians.
struct Modes {
  Tensor centres;               // [modes, dimension]
  std::vector<double> sigmas;   // standard deviation of each
  std::vector<double> weights;  // positive, of sum 1
};

// Samples by index. A plugin is constructed with (const Options&, const DataSource&); it names what
// it offers from {labels, log-density, modes} by `static std::vector<std::string> offers(const
// Options&)`.
class SADDLE_API Dataset {
 public:
  Dataset();
  virtual ~Dataset();
  Dataset(const Dataset&) = delete;
  Dataset& operator=(const Dataset&) = delete;

  virtual Shape sample_shape() const = 0;
  // The number of samples of a split; the training split is never empty, the test split may be.
  virtual std::size_t size(Split split) const = 0;
  // [indices] -> [n, sample...]
  virtual Tensor samples(Split split, const Indices& indices) const = 0;
  // What was done to the published numbers, as "x / 127.5 - 1".
  virtual std::string scaling() const { return "none"; }

  // The sha256 of the training data; by default of the bytes that `samples` gives, in order. A
  // dataset that holds files gives that of their content.
  virtual std::string digest() const;

  // The number of classes; 0 without labels.
  virtual std::size_t classes() const { return 0; }
  virtual Labels labels(Split, const Indices&) const { return {}; }

  // The log density of the distribution that the samples come from: [n, sample...] -> n values, in
  // nats; nothing where it is not known.
  virtual std::optional<std::vector<double>> log_density(const Tensor& x) const;
  virtual std::optional<Modes> modes() const;
};

}  // namespace saddle
