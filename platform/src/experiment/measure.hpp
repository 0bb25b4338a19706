#pragma once

#include "experiment/sampler.hpp"

#include <vector>

namespace saddle {

// Evaluates one metric at the sampler's step, with exactly what it needs. Throws PluginError where
// the number of values is not that of its series, and what the metric throws, with its name.
std::vector<double> measure(const MetricTerm& metric, const Experiment& experiment,
                            Sampler& sampler, const Trainer& trainer);

}  // namespace saddle
