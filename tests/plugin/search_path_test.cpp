#include "plugin/search_path.hpp"
#include "plugin/plugin_files.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>

using namespace saddle;
using namespace saddle::test;
namespace fs = std::filesystem;

TEST_CASE("Plugins are searched on the command line's path, then the environment's, then at home") {
  ::setenv("SADDLE_PLUGIN_PATH", "/second::/third:", 1);
  CHECK(plugin_folders({"/first", "/with:colon"}) ==
        std::vector<std::string>{"/first", "/with:colon", "/second", "/third",
                                 default_plugin_folder()});
  ::unsetenv("SADDLE_PLUGIN_PATH");
  CHECK(plugin_folders({}) == std::vector<std::string>{default_plugin_folder()});
  CHECK(plugin_search_path({"."}) == plugin_folders({"."}));
}

TEST_CASE("In a build tree the default plugins lie beside the executable") {
  const TemporaryFolder tree;
  CHECK(default_plugin_folder(tree.path()) == tree / "plugins");
  fs::create_directory(tree / "plugins");
  CHECK(default_plugin_folder(tree.path()) == tree / "plugins");
}

TEST_CASE("Where Saddle is installed the default plugins lie in the prefix's library folder") {
  const TemporaryFolder prefix;
  CHECK(default_plugin_folder(prefix / "bin") == prefix / "lib/saddle/plugins");
  fs::create_directories(prefix / "lib/x86_64-linux-gnu/saddle/plugins");
  CHECK(default_plugin_folder(prefix / "bin") == prefix / "lib/x86_64-linux-gnu/saddle/plugins");
}

TEST_CASE("The default folder follows from the executable that runs") {
  const fs::path executable = fs::read_symlink("/proc/self/exe");
  CHECK(default_plugin_folder() == default_plugin_folder(executable.parent_path()));
  CHECK(executable.is_absolute());
}
