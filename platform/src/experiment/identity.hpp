#pragma once

#include "experiment/run_header.hpp"
#include "experiment/spec.hpp"

#include <cstdint>

namespace saddle {

// Both throw, naming every difference, where a run would not go on as it began.

// SpecError where the spec differs from that of the run in more than its length and its threads, or
// where it would end before `step`.
void require_same_spec(const RunHeader& run, const Spec& spec, std::int64_t step);

// Warns where the spec gives the run another length, which schedules follow.
void warn_of_length(const RunHeader& run, const Spec& spec);

// PluginError where the host or a plugin is not that of the run, DataError where the data are not.
// A processor or a kernel library of another kind is warned of.
void require_same_parts(const RunHeader& run, const Facts& now);

// The same where the run is only to be compared with: other hosts and plugins are warned of.
void warn_of_other_parts(const RunHeader& run, const Facts& now);

}  // namespace saddle
