#include "places.hpp"

#include <stdlib.h>

namespace saddle::testing {

const char* const kSourceFolder = SADDLE_SOURCE_FOLDER;
const char* const kPluginFolder = SADDLE_PLUGIN_FOLDER;
const char* const kPluginFixtureFolder = SADDLE_PLUGIN_FIXTURE_FOLDER;
const char* const kExperimentFixtureFolder = SADDLE_EXPERIMENT_FIXTURE_FOLDER;

// What one test keeps must not reach another, nor the user's own cache.
[[maybe_unused]] const int kWithoutCache = ::setenv("XDG_CACHE_HOME", "/dev/null", 1);

}  // namespace saddle::testing
