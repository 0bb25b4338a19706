#pragma once

#include <saddle/base/export.hpp>
#include <saddle/plugin/series.hpp>
#include <saddle/plugin/shapes.hpp>
#include <saddle/plugin/snapshot.hpp>

#include <string>
#include <vector>

namespace saddle {

struct MetricSetup {
  Shapes shapes;
  // The rows of real() and generated() in each snapshot.
  std::size_t samples;
};

// Throws SpecError where there are fewer samples than a metric is defined for.
SADDLE_API void require_samples(const MetricSetup& setup, std::size_t least);

// Measures the state of training. A plugin is constructed with (const Options&, const
// MetricSetup&).
class SADDLE_API Metric {
 public:
  Metric();
  virtual ~Metric();
  Metric(const Metric&) = delete;
  Metric& operator=(const Metric&) = delete;

  virtual std::vector<SeriesInfo> series() const = 0;
  virtual std::vector<Need> needs() const = 0;
  // What of the dataset or the discriminator it needs by name: "modes", "log-density", "features";
  // "test-split" of any dataset that has one.
  virtual std::vector<std::string> needs_offered() const { return {}; }
  // The module paths of the discriminator's layers that it asks its snapshots for.
  virtual std::vector<std::string> layers() const { return {}; }
  // One value for each series, in their order. NaN stands for "not defined here". A function of the
  // snapshot alone: a metric keeps no state from record to record, so that a resumed run, or one
  // that is measured again later, gives the same values.
  virtual std::vector<double> evaluate(const Snapshot& snapshot) const = 0;
};

}  // namespace saddle
