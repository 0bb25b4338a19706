#pragma once

#include "experiment/experiment.hpp"

namespace saddle {

// Puts the weights of the run that `train.init_from` names in place of the players' first ones.
// Throws SpecError where the run's networks are built differently, DataError where its file cannot
// be read.
void load_initial_weights(Experiment& experiment);

}  // namespace saddle
