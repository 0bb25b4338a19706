#include "io/result_cache.hpp"

#include "temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <stdlib.h>
#include <sys/stat.h>
#include <filesystem>
#include <vector>

using namespace saddle;
using saddle::testing::TemporaryFolder;

namespace {

namespace fs = std::filesystem;

// The environment of the cache while it lives; tests have none otherwise.
struct Places {
  Places(const std::string& cache, const std::string& home)
      : home_before(::getenv("HOME") ? ::getenv("HOME") : "") {
    ::setenv("XDG_CACHE_HOME", cache.c_str(), 1);
    ::setenv("HOME", home.c_str(), 1);
  }
  ~Places() {
    ::setenv("XDG_CACHE_HOME", "/dev/null", 1);
    ::setenv("HOME", home_before.c_str(), 1);
  }
  Places(const Places&) = delete;
  Places& operator=(const Places&) = delete;
  std::string home_before;
};

std::vector<std::string> files_in(const std::string& folder) {
  std::vector<std::string> found;
  for (const auto& entry : fs::directory_iterator(folder)) found.push_back(entry.path().string());
  return found;
}

}  // namespace

TEST_CASE("What is kept under a key is found whole, and nothing else") {
  const TemporaryFolder folder;
  const Places places(folder.file("cache"), "/dev/null");
  CHECK_FALSE(find_kept("a key", 4));
  keep("a key", "four");
  CHECK(find_kept("a key", 4) == "four");
  CHECK_FALSE(find_kept("a key", 5));
  CHECK_FALSE(find_kept("a key", 0));
  CHECK_FALSE(find_kept("another key", 4));
  keep("a key", "five!");
  CHECK(find_kept("a key", 5) == "five!");
  CHECK(files_in(folder.file("cache/saddle")).size() == 1);
  keep("nothing", "");
  CHECK(find_kept("nothing", 0) == "");
}

TEST_CASE("A file of the cache that is not what was kept is none") {
  const TemporaryFolder folder;
  const Places places(folder.file(""), "/dev/null");
  keep("one", "1111");
  const std::string of_one = files_in(folder.file("saddle"))[0];
  const auto try_file = [&](const std::string& bytes) {
    folder.file("saddle/" + fs::path(of_one).filename().string(), bytes);
    return find_kept("one", 4);
  };
  std::string bytes(68, ' ');
  std::ifstream(of_one, std::ios::binary).read(bytes.data(), 68);
  REQUIRE(try_file(bytes) == "1111");
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string damaged = bytes;
    damaged[i] = damaged[i] == '0' ? '1' : '0';
    CHECK_FALSE(try_file(damaged));
  }
  CHECK_FALSE(try_file(bytes.substr(0, 67)));
  CHECK_FALSE(try_file(bytes + "1"));
  CHECK_FALSE(try_file(""));
  // The bytes of another key.
  fs::remove(of_one);
  keep("two", "2222");
  fs::rename(files_in(folder.file("saddle"))[0], of_one);
  CHECK_FALSE(find_kept("one", 4));
  // No file at all, and one that would keep a reader waiting.
  fs::remove(of_one);
  fs::create_directory(of_one);
  CHECK_FALSE(find_kept("one", 4));
  fs::remove(of_one);
  REQUIRE(mkfifo(of_one.c_str(), 0600) == 0);
  CHECK_FALSE(find_kept("one", 4));
}

TEST_CASE("The cache lies in XDG_CACHE_HOME, else in the home folder, else nowhere") {
  const TemporaryFolder folder;
  for (const char* ignored : {"", "relative"}) {
    const Places places(ignored, folder.file("home"));
    keep("one", "1");
    CHECK(find_kept("one", 1) == "1");
    CHECK(fs::remove_all(folder.file("home/.cache/saddle")) == 2);
    CHECK_FALSE(fs::exists(ignored));
  }
  for (const char* nowhere : {"", "/dev/null"}) {
    const Places places(nowhere, "relative");
    keep("one", "1");
    CHECK_FALSE(find_kept("one", 1));
  }
  const Places sealed("/proc", "/dev/null");
  keep("one", "1");
  CHECK_FALSE(find_kept("one", 1));
}
