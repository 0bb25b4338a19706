#pragma once

#include "experiment/experiment.hpp"

namespace saddle {

// Throws SpecError where a part of the latent is drawn from labels that the dataset does not offer;
// the message names those that do.
void check_latent(const Spec& spec, const Catalog& catalog);

// Throws SpecError where a loss or a metric needs what the discriminator or the dataset of the spec
// does not offer; the message names the plugins that do.
void check_partners(const Experiment& experiment, const Catalog& catalog);

}  // namespace saddle
