#include <saddle/base/error.hpp>

#include "experiment/source_text.hpp"
#include "experiment/yaml.hpp"
#include "experiment/yaml_tools.hpp"

#include <catch2/catch.hpp>

#include <unistd.h>
#include <filesystem>
#include <fstream>
#include <string>

using namespace saddle;

namespace {

// A folder of this process alone; each test case runs in one of its own.
class Folder {
 public:
  Folder()
      : path_(std::filesystem::temp_directory_path() /
              ("saddle-yaml-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string file(const std::string& name, const std::string& bytes) const {
    std::ofstream(path_ / name, std::ios::binary) << bytes;
    return path_ / name;
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

Value read_yaml(const std::string& path) { return parse_yaml(read_source(path), path); }

std::string file_mistake(const std::string& path) {
  try {
    return "no mistake: " + test::shown(read_yaml(path));
  } catch (const SpecError& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("A file is read, and its mistakes carry its path") {
  const Folder folder;
  CHECK(test::shown(read_yaml(folder.file("good.yaml", "a: [1, 2]\n"))) == "{a: [<1>, <2>]}");
  const std::string bad = folder.file("bad.yaml", "a: 1\na: 2\n");
  CHECK(file_mistake(bad) == bad + ":2:1: the key 'a' is given twice, first in line 1.");
}

TEST_CASE("A file that cannot be read says why") {
  const Folder folder;
  const std::string missing = folder.path() / "missing.yaml";
  CHECK(file_mistake(missing) == missing + ": cannot be read: No such file or directory.");
  CHECK(file_mistake(folder.path()) ==
        folder.path().string() + ": is a directory; expected a YAML file.");
  const std::string loop = folder.path() / "loop.yaml";
  std::filesystem::create_symlink("loop.yaml", loop);
  CHECK(file_mistake(loop) == loop + ": cannot be read: Too many levels of symbolic links.");
  const std::string below = folder.file("file.yaml", "a: 1") + "/spec.yaml";
  CHECK(file_mistake(below) == below + ": cannot be read: Not a directory.");
}

TEST_CASE("A file without a document, or with bytes that are no text, is refused") {
  const Folder folder;
  const std::string empty = folder.file("empty.yaml", "");
  CHECK(file_mistake(empty) == empty + ": holds no YAML: it is empty, or has only comments.");
  const std::string binary = folder.file("binary.yaml", "\x1f\x8b\x08\x02\xff");
  CHECK(file_mistake(binary) ==
        binary + ":1:1: the byte 0x1f is not text; expected YAML in UTF-8.");
  const std::string nul = folder.file("nul.yaml", std::string("a: 1\n\0", 6));
  CHECK(file_mistake(nul) == nul + ":2:1: the byte 0x00 is not text; expected YAML in UTF-8.");
}

TEST_CASE("A file of more than 1 MiB is refused, and one without an end too") {
  const Folder folder;
  const std::string huge = folder.file("huge.yaml", std::string((1 << 20) + 1, ' '));
  CHECK(file_mistake(huge) == huge + ": is larger than 1 MiB, the most that a spec may have.");
  CHECK(file_mistake("/dev/zero") ==
        "/dev/zero: is larger than 1 MiB, the most that a spec may have.");
}
