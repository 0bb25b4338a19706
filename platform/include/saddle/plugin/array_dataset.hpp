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

// Samples that lie in memory, read from a file.
class SADDLE_API ArrayDataset : public Dataset {
 public:
  // The samples' numbers [n, sample...] (an array [n] has samples [1]) and their labels, n or none.
  // `source` names them in messages. Throws DataError for an array without samples, for numbers
  // that are not finite, with their place, and for labels of another number or below 0.
  ArrayDataset(NumberArray samples, std::vector<double> labels, const std::string& source,
               const ArrayOptions& options);
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
  void check(const NumberArray& samples, const std::vector<double>& labels,
             const std::string& source) const;
  void split(double test_share);
  void find_scaling(const std::string& scale);
  void scale_standard();
  void scale_to(double low, double high);

  Shape shape_;
  std::size_t width_;  // numbers of a sample
  std::vector<Scalar> values_;
  Labels labels_;
  std::size_t classes_ = 0;
  std::vector<std::size_t> train_, test_;
  // Each number x of a sample is given as (x - offset) / factor.
  std::vector<double> offsets_, factors_;
  std::string scaling_ = "none";
};

}  // namespace saddle
