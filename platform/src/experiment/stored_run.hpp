#pragma once

#include "experiment/run_header.hpp"
#include "experiment/spec.hpp"

#include <string>

namespace saddle {

// The spec that a run keeps; `shown` names it in messages.
StoredSpec stored_spec(const RunHeader& header, const std::string& shown);

// The same with each plugin by its name, where it was given by a path: a file from elsewhere must
// not decide which code runs.
StoredSpec by_name(StoredSpec stored, const Facts& provenance);

}  // namespace saddle
