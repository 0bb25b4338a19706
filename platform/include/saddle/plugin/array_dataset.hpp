#pragma once

#include <saddle/base/export.hpp>
#include <saddle/base/schema.hpp>
#include <saddle/io/number_array.hpp>
#include <saddle/plugin/dataset.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace saddle {

// The options that datasets in memory share; an Options struct inherits them and describes them
// with `describe_array<Options>(schema)`.
struct ArrayOptions {
  std::string scale = "none";
  double test_share = 0;
};

template <class O>
void describe_array(Schema& s) {
  s.field(static_cast<std::string O::*>(&O::scale), "scale",
          "none; standard: mean 0 and deviation 1 of each number over the training samples; unit "
          "and symmetric: all numbers of the training samples to [0, 1] and [-1, 1] by one line")
      .choices({"none", "standard", "unit", "symmetric"});
  s.field(static_cast<double O::*>(&O::test_share), "test_share",
          "share of the samples that is kept for tests, evenly spaced over the file")
      .range(0, 0.9);
}

// Numbers of a byte each, row major, as the pixels of images.
struct ByteArray {
  std::vector<std::uint64_t> shape;
  std::vector<std::uint8_t> values;
};

// Samples that lie in memory, read from a file.
class SADDLE_API ArrayDataset : public Dataset {
 public:
  // The samples' numbers [n, sample...] (an array [n] has samples [1]) and their labels, n or none.
  // `source` names them in messages, and `labels_source` the labels where those come from
  // elsewhere. Throws DataError for an array without samples, for numbers that are not finite or
  // that Scalar cannot hold, with their place, and for labels of another number or below 0.
  ArrayDataset(NumberArray samples, std::vector<double> labels, const std::string& source,
               const ArrayOptions& options, const std::string& labels_source = "");
  // The same, and its samples have the same bits as with these numbers; a byte is kept for each.
  ArrayDataset(ByteArray samples, const std::vector<double>& labels, const std::string& source,
               const ArrayOptions& options, const std::string& labels_source = "");
  ~ArrayDataset() override;

  Shape sample_shape() const final { return shape_; }
  std::size_t size(Split split) const final { return rows(split).size(); }
  Tensor samples(Split split, const Indices& indices) const final;
  std::string scaling() const final { return scaling_; }
  std::size_t classes() const final { return classes_; }
  Labels labels(Split split, const Indices& indices) const final;

 private:
  const std::vector<std::size_t>& rows(Split split) const {
    return split == Split::train ? train_ : test_;
  }
  double value(std::size_t index) const {
    return bytes_.empty() ? static_cast<double>(values_[index]) : bytes_[index];
  }
  void take_labels(const std::vector<double>& labels);
  void prepare(const ArrayOptions& options, std::size_t count);
  void split(double test_share, std::size_t count);
  void find_scaling(const std::string& scale);
  void scale_standard();
  void scale_to(double low, double high);

  Shape shape_;
  std::size_t width_;  // numbers of a sample
  // The samples' numbers: one of the two is empty.
  std::vector<Scalar> values_;
  std::vector<std::uint8_t> bytes_;
  Labels labels_;
  std::size_t classes_ = 0;
  std::vector<std::size_t> train_, test_;
  // Each number x of a sample is given as (x - offset) / factor.
  std::vector<double> offsets_, factors_;
  std::string scaling_ = "none";
};

}  // namespace saddle
