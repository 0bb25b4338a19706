#pragma once

#include <saddle/base/export.hpp>
#include <saddle/base/schema.hpp>
#include <saddle/info/histogram.hpp>
#include <saddle/plugin/dataset.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace saddle {

// The options that metrics with bins share; an Options struct inherits them and describes them with
// `describe_bins<Options>(schema)`.
struct BinOptions {
  std::size_t bins = 50;
  std::vector<double> low, high;
};

template <class O>
void describe_bins(Schema& s) {
  s.field(static_cast<std::size_t O::*>(&O::bins), "bins", "along each axis").range(1, 1e7);
  s.field(static_cast<std::vector<double> O::*>(&O::low), "low",
          "where the bins begin, one number for each axis or for all; by default below the "
          "training samples by 5 % of their range")
      .range(-1e9, 1e9);
  s.field(static_cast<std::vector<double> O::*>(&O::high), "high",
          "where the bins end, in the same way")
      .range(-1e9, 1e9);
}

// Bins for samples of up to three dimensions. They follow from the options or the training data
// alone, so that they are the same at every step. All that lies outside of them is one further
// cell: the cells cover the whole space.
class SADDLE_API SampleBins {
 public:
  // Throws SpecError for samples [sample...] of more than 3 dimensions, and for options that do not
  // fit them.
  SampleBins(const BinOptions& options, const Shape& sample);

  // Bins by default are laid around the training samples; call it before anything is counted.
  void fit(const Dataset& data);
  const std::vector<info::Axis>& axes() const { return axes_; }
  // The number of cells, the one outside included.
  std::size_t count() const;
  // The cell of each sample, the last one for those outside, infinite ones among them: [n,
  // sample...] -> n. Throws DivergedError for NaN, of which any count would look like a result.
  std::vector<std::size_t> cells(const Tensor& samples) const;
  // The samples in each cell.
  std::vector<double> counts(const Tensor& samples) const;
  // What a reader of a series must know of them.
  std::vector<std::pair<std::string, std::string>> attributes() const;

 private:
  void check_limits(const std::string& name, const std::vector<double>& limits) const;
  std::vector<info::Axis> stated_axes() const;

  BinOptions options_;
  std::size_t dimension_;
  std::vector<info::Axis> axes_;
};

// `count` rows of a split, evenly spaced, since files may be sorted; with labels where there are.
SADDLE_API Batch spread_rows(const Dataset& data, Split split, std::size_t count);

}  // namespace saddle
