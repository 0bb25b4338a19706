#include <saddle/base/error.hpp>

#include "error_text.hpp"
#include "io/hdf5.hpp"
#include "temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <thread>

using namespace saddle::hdf5;
using saddle::DataError;
using saddle::testing::error_text;
using saddle::testing::TemporaryFolder;

namespace {

using Numbers = std::vector<double>;
using Names = std::vector<std::string>;

std::string opening(const std::string& path) {
  return error_text<DataError>([&] { File::open(path, Access::read); });
}

File make(const std::string& path) { return File::create(path, path); }

}  // namespace

TEST_CASE("Attributes and scalar datasets of HDF5 keep text and numbers") {
  const TemporaryFolder folder;
  const std::string path = folder.file("a.h5");
  const std::vector<Scalar> values = {std::string("größe"), std::string(), std::int64_t{-3},
                                      std::uint64_t{18446744073709551615u}, 0.1};
  {
    File file = make(path);
    Group group = file.create_group("group");
    for (std::size_t i = 0; i < values.size(); ++i) {
      group.set_attribute("a" + std::to_string(i), values[i]);
      file.create_scalar("scalar/" + std::to_string(i), values[i]);
    }
    group.set_attribute("float", 0.5f);
    file.close();
  }
  const File file = File::open(path, Access::read);
  const Group group = file.group("group");
  for (std::size_t i = 0; i < values.size(); ++i) {
    CHECK(group.attribute("a" + std::to_string(i)) == values[i]);
    CHECK(file.dataset("scalar/" + std::to_string(i)).scalar() == values[i]);
  }
  CHECK(group.attribute("float") == Scalar(0.5));
  CHECK(group.has_attribute("a0"));
  CHECK_FALSE(group.has_attribute("b"));
}

TEST_CASE("Names come in the order of creation, and groups on the way are made") {
  const TemporaryFolder folder;
  File file = make(folder.file("a.h5"));
  file.create_scalar("z/y/x", 1.0);
  file.create_scalar("z/a", 1.0);
  file.create_group("m");
  CHECK(file.names() == Names{"z", "m"});
  CHECK(file.group("z").names() == Names{"y", "a"});
  CHECK(file.has("z/y/x"));
  CHECK(file.has_group("z/y"));
  CHECK_FALSE(file.has_group("z/y/x"));
  CHECK_FALSE(file.has("q/y"));
}

TEST_CASE("Rows are appended, overwritten and read by ranges") {
  const TemporaryFolder folder;
  const std::string path = folder.file("a.h5");
  File file = make(path);
  Dataset rows = file.create_rows("rows", {Element::float32, {2}, 1});
  const std::vector<float> first = {1, 2, 3, 4}, second = {5, 6};
  rows.write_rows(0, 2, Element::float32, first.data());
  rows.write_rows(2, 1, Element::float32, second.data());
  rows.write_rows(0, 1, Element::float32, second.data());
  CHECK(rows.shape() == Shape{3, 2});
  CHECK(rows.numbers() == Numbers{5, 6, 3, 4, 5, 6});
  Numbers middle(4);
  rows.read_rows(1, 2, Element::float64, middle.data());
  CHECK(middle == Numbers{3, 4, 5, 6});
  rows.write_rows(4, 1, Element::float32, second.data());
  CHECK(std::isnan(rows.numbers()[6]));  // row 3 was never written
  CHECK(error_text<DataError>([&] { rows.read_rows(4, 2, Element::float64, middle.data()); }) ==
        path + ": /rows: expected at least 6 rows, found 5.");
}

TEST_CASE("An unwritten array reads as NaN, and as -1 where it holds integers") {
  const TemporaryFolder folder;
  File file = make(folder.file("a.h5"));
  CHECK(std::isnan(file.create_array("real", Element::float32, {1}).numbers()[0]));
  Dataset whole = file.create_array("whole", Element::int64, {2});
  CHECK(whole.numbers() == Numbers{-1, -1});
  const std::vector<std::int64_t> values = {7, 8};
  whole.write(Element::int64, values.data());
  CHECK(whole.numbers() == Numbers{7, 8});
}

TEST_CASE("A watcher sees what the writer flushed since") {
  const TemporaryFolder folder;
  const std::string path = folder.file("a.h5");
  File writer = make(path);
  writer.create_rows("rows", {Element::float64, {}, 1024});
  writer.start_swmr();
  Dataset rows = writer.dataset("rows");
  const File watcher = File::open(path, Access::watch);
  Dataset seen = watcher.dataset("rows");
  CHECK(seen.numbers().empty());
  const double value = 3;
  rows.write_rows(0, 1, Element::float64, &value);
  writer.flush();
  seen.refresh();
  CHECK(seen.numbers() == Numbers{3});
}

TEST_CASE("A file that HDF5 cannot open is refused with the reason") {
  const TemporaryFolder folder;
  const std::string missing = folder.file("missing.h5"), directory = folder.file("");
  const std::string text = folder.file("text.h5", "no HDF5"), pipe = folder.file("pipe");
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  CHECK(opening(missing) == missing + ": cannot be opened: No such file or directory.");
  CHECK(opening(text) == text + ": cannot be opened: it is no HDF5 file.");
  for (const std::string& path : {directory, pipe})
    CHECK(opening(path) == path + ": expected an HDF5 file, found a directory, pipe or device.");
  const std::string cut = folder.file("cut.h5");
  {
    File file = make(cut);
    file.create_scalar("a", std::string(5000, 'a'));
    file.close();
  }
  std::filesystem::resize_file(cut, std::filesystem::file_size(cut) - 100);
  CHECK(opening(cut) == cut + ": cannot be opened: it is truncated.");
}

TEST_CASE("A file that another process is making is refused, also by watchers") {
  const TemporaryFolder folder;
  const std::string path = folder.file("a.h5");
  int ready[2];
  REQUIRE(pipe(ready) == 0);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const File writer = make(path);
    if (write(ready[1], "x", 1) == 1) pause();
    _exit(1);
  }
  close(ready[1]);
  char byte = 0;
  const bool made = read(ready[0], &byte, 1) == 1;
  close(ready[0]);
  const std::string text = opening(path);
  const std::string watching = error_text<DataError>([&] { File::open(path, Access::watch); });
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  REQUIRE(made);
  CHECK(text == path + ": cannot be opened: another process is writing it.");
  CHECK(watching == text);
}

TEST_CASE("Objects of HDF5 that are missing or of another kind are refused by name") {
  const TemporaryFolder folder;
  const std::string path = folder.file("a.h5");
  File file = make(path);
  file.create_scalar("text", std::string("words"));
  const Dataset text = file.dataset("text");
  Dataset two = file.create_array("two", Element::int64, {2});
  const auto message = [](auto call) { return error_text<DataError>(call); };
  CHECK(message([&] { file.dataset("none"); }) ==
        path + ": /none: cannot be opened as a dataset: object 'none' doesn't exist.");
  CHECK(message([&] { file.group("text"); }) ==
        path + ": /text: cannot be opened as a group: not a group.");
  CHECK(message([&] { file.attribute("none"); }) ==
        path + ": /, attribute none: cannot be read: can't locate attribute: 'none'.");
  CHECK(message([&] { text.numbers(); }) == path + ": /text: expected numbers, found text.");
  CHECK(message([&] { two.scalar(); }) == path + ": /two: expected one value, found 2.");
  CHECK(message([&] { text.read_rows(0, 1, Element::float64, nullptr); }) ==
        path + ": /text: expected numbers, found text.");
  Dataset one = file.create_scalar("one", 1.0);
  CHECK(message([&] { one.read_rows(0, 1, Element::float64, nullptr); }) ==
        path + ": /one: expected an array of rows, found a single value.");
  CHECK(message([&] { file.create_scalar("one", 2.0); }) ==
        path + ": /one: cannot be created: name already exists.");
  // 2^40 numbers take no room in the file, but would in memory.
  const Dataset vast = file.create_array("vast", Element::float64, {std::uint64_t{1} << 40});
  CHECK(message([&] { vast.numbers(); }) ==
        path +
            ": /vast: expected at most 536870912 numbers, found 1099511627776. Read it by rows.");
}

TEST_CASE("HDF5 prints nothing of its own to stderr, on no thread") {
  const TemporaryFolder folder;
  const std::string captured = folder.file("stderr");
  File file = make(folder.file("a.h5"));
  const int before = dup(STDERR_FILENO);
  REQUIRE(freopen(captured.c_str(), "w", stderr) != nullptr);
  std::thread([&] { error_text<DataError>([&] { file.dataset("none"); }); }).join();
  error_text<DataError>([&] { file.dataset("none"); });
  std::fflush(stderr);
  dup2(before, STDERR_FILENO);
  close(before);
  CHECK(std::filesystem::file_size(captured) == 0);
}
