#pragma once

#include <saddle/base/export.hpp>
#include <saddle/base/random.hpp>
#include <saddle/base/schema.hpp>
#include <saddle/info/estimate.hpp>
#include <saddle/plugin/series.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace saddle {

// The options that metrics with estimates share; an Options struct inherits them and describes them
// with `describe_estimates<Options>(schema)`.
struct EstimateOptions {
  std::size_t groups = 10;
};

template <class O>
void describe_estimates(Schema& s) {
  s.field(static_cast<std::size_t O::*>(&O::groups), "groups",
          "of samples, each estimated from alone for the standard error")
      .range(2, 1000);
}

// An estimate over training as series: <name> with its <name>-error, for information
// <name>-baseline, where it has one <name>-ceiling, and <name>-flags, a sum of numbers.
class SADDLE_API EstimateCurve {
 public:
  // `attributes` are what a reader must know beside the definition: the estimator, its options, n.
  EstimateCurve(std::string name, info::Estimator estimator, const EstimateOptions& options,
                std::vector<std::pair<std::string, std::string>> attributes);

  void declare(std::vector<SeriesInfo>& series) const;
  // Appends a value for each series: all NaN, flags too, where the estimator cannot take the
  // sample, as where a generator has collapsed to a point. Random choices come from the stream.
  void evaluate(const info::Sample& sample, const RandomStream& random,
                std::vector<double>& values) const;

 private:
  bool has_baseline() const { return estimator_.quantity == info::Quantity::mi; }

  std::string name_;
  info::Estimator estimator_;
  std::size_t groups_;
  std::vector<std::pair<std::string, std::string>> attributes_;
};

}  // namespace saddle
