#include "places.hpp"

namespace saddle::testing {

const char* const kSourceFolder = SADDLE_SOURCE_FOLDER;
const char* const kPluginFolder = SADDLE_PLUGIN_FOLDER;
const char* const kPluginFixtureFolder = SADDLE_PLUGIN_FIXTURE_FOLDER;
const char* const kExperimentFixtureFolder = SADDLE_EXPERIMENT_FIXTURE_FOLDER;

}  // namespace saddle::testing
