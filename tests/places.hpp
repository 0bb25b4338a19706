#pragma once

namespace saddle::testing {

// Folders of the checkout and of the build, for tests that read what lies there.
extern const char* const kSourceFolder;
extern const char* const kPluginFolder;         // the plugins of the tree
extern const char* const kPluginFixtureFolder;  // sound and unsound libraries of plugin/fixtures
extern const char* const kExperimentFixtureFolder;  // games of experiment/fixtures

}  // namespace saddle::testing
