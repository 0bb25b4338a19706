#include <saddle/tensor/threads.hpp>

#include "base/child_process.hpp"
#include "plugins/labelled_data.hpp"
#include "temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <stdlib.h>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace saddle;
using namespace saddle::test;
using saddle::testing::TemporaryFolder;

namespace {

// The folder of the user's cache while it lives; tests have none otherwise.
struct CacheFolder {
  explicit CacheFolder(const std::string& path) { ::setenv("XDG_CACHE_HOME", path.c_str(), 1); }
  ~CacheFolder() { ::setenv("XDG_CACHE_HOME", "/dev/null", 1); }
  CacheFolder(const CacheFolder&) = delete;
  CacheFolder& operator=(const CacheFolder&) = delete;
};

// What a classifier says in a process of its own, as text that shows every bit.
std::string said_in_new_process(const Dataset& data) {
  set_threads(1);
  const ChildResult child = in_child([&] {
    const auto classifier = LabelClassifier::of(data, quick(2));
    std::ostringstream said;
    said << std::hexfloat << classifier->test_accuracy();
    for (const double p : classifier->probabilities(column({0, 0.7, 2})).values) said << ' ' << p;
    return said.str();
  });
  CHECK(child.end == ChildResult::End::returned);
  return child.text;
}

std::string only_file(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    files.push_back(entry.path().string());
  REQUIRE(files.size() == 1);
  return files[0];
}

}  // namespace

TEST_CASE("A classifier is trained once for all processes, whose bits are those of each alone") {
  const Labelled data = three_heaps("kept");
  // Of the same digest and labels: another classifier would come of it, if it were trained.
  const Labelled stretched = three_heaps("kept", 3);
  const std::string alone = said_in_new_process(data), other = said_in_new_process(stretched);
  REQUIRE(alone != other);
  const TemporaryFolder folder;
  const CacheFolder cache(folder.file("made"));
  CHECK(said_in_new_process(data) == alone);
  CHECK(said_in_new_process(data) == alone);
  CHECK(said_in_new_process(stretched) != other);
}

TEST_CASE("A damaged classifier in the cache is trained anew and kept again") {
  const Labelled data = three_heaps("damaged"), stretched = three_heaps("damaged", 3);
  const std::string alone = said_in_new_process(data), other = said_in_new_process(stretched);
  const TemporaryFolder folder;
  const CacheFolder cache(folder.file(""));
  CHECK(said_in_new_process(data) == alone);
  const std::string path = only_file(folder.file("saddle"));
  std::fstream(path, std::ios::in | std::ios::out | std::ios::binary).seekp(100).put('x').put('y');
  CHECK(said_in_new_process(stretched) == other);
  CHECK(only_file(folder.file("saddle")) == path);
  CHECK(said_in_new_process(data) != alone);
}
