#pragma once

#include "experiment/experiment.hpp"

namespace saddle {

// Throws SpecError where a loss or a metric needs what the discriminator or the dataset of the spec
// does not offer; the message names the plugins that do.
void check_partners(const Experiment& experiment, const Catalog& catalog);

}  // namespace saddle
