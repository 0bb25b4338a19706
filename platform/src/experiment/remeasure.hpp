#pragma once

#include <saddle/base/value.hpp>
#include <saddle/plugin/series.hpp>

#include "plugin/catalog.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace saddle {

// What to measure of an old run.
struct MetricRequest {
  std::string run;     // its file
  std::string metric;  // the name of one that it logged, or else of a plugin, or a library's path
  std::vector<std::string> settings;     // options of the metric, as "k=5", each a YAML value
  std::optional<std::uint64_t> threads;  // those of the run where empty; no value depends on it
};

// A metric at the steps whose states or weights a run file holds.
struct Remeasured {
  struct Row {
    std::int64_t step;
    std::vector<double> values;  // one for each series
    // What the run logged at this step; empty where it logged none, or with other options.
    std::vector<double> logged;

    // Bit for bit; true where nothing was logged.
    bool is_as_logged() const;
  };
  std::string name, plugin;
  Value options;  // every one, with the host's `samples`
  std::vector<SeriesInfo> series;
  std::vector<Row> rows;
};

// Restores each of them and measures there, with the random numbers that the run had. A metric
// that the run logged is given the run's options, under `settings`; values are compared with the
// log where there are none. Of the spec's other metrics nothing is made, so that their plugins may
// be missing. Warns of, and throws, what experiment_again does; throws DataError where the file
// holds none of them.
Remeasured measure_again(const MetricRequest& request, const Catalog& catalog);

}  // namespace saddle
