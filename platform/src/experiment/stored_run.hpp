#pragma once

#include <saddle/base/value.hpp>

#include "experiment/experiment.hpp"
#include "experiment/run_header.hpp"
#include "experiment/spec.hpp"

#include <memory>
#include <string>
#include <vector>

namespace saddle {

// The spec that a run keeps; `shown` names it in messages.
StoredSpec stored_spec(const RunHeader& header, const std::string& shown);

// The same with each plugin by its name, where it was given by a path: a file from elsewhere must
// not decide which code runs.
StoredSpec by_name(StoredSpec stored, const Facts& provenance);

// The spec as it is read again; where a plugin cannot be found, the message says where the run took
// its plugins from.
Spec spec_again(const StoredSpec& stored, const Facts& provenance, const Catalog& catalog,
                const std::vector<std::string>& overrides);

// The experiment of a run file, with its plugins found by name on the search path; that they or the
// host are not those of the run is warned of. One that `begins_from_a_state` does not read the
// weights that its spec starts from. Throws DataError where the data are not those of the run.
std::unique_ptr<Experiment> experiment_again(const RunHeader& header, const std::string& path,
                                             const Catalog& catalog, bool begins_from_a_state);

// The experiment of a run file to be looked at from its stored steps on: with `metrics` (a list) in
// place of its own, without what watches their series, and without the weights that it started
// from. Metrics that are gone are not warned of. `overrides` are as those of a run.
std::unique_ptr<Experiment> experiment_with_metrics(const RunHeader& header,
                                                    const std::string& path, const Catalog& catalog,
                                                    Value metrics,
                                                    const std::vector<std::string>& overrides);

}  // namespace saddle
