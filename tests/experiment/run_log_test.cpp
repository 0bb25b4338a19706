#include <saddle/base/error.hpp>

#include "error_text.hpp"
#include "experiment/example_run.hpp"
#include "experiment/run_file.hpp"
#include "experiment/run_log.hpp"
#include "temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmath>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

using saddle::DataError;
using saddle::Event;
using saddle::last_event;
using saddle::RunLog;
using saddle::Table;
using saddle::hdf5::Access;
using saddle::hdf5::Element;
using saddle::hdf5::File;
using saddle::testing::error_text;
using saddle::testing::ExampleRun;
using saddle::testing::TemporaryFolder;

namespace {

using Numbers = std::vector<double>;

std::vector<Table> one_series() { return {{"losses", {{"generator", "nats"}}, {}, {}}}; }

std::int64_t progress(const File& file) {
  return std::get<std::int64_t>(file.dataset("progress/step").scalar());
}

// While alive, no file grows beyond `bytes`, as on a full disk.
class FileLimit {
 public:
  explicit FileLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileLimit() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FileLimit(const FileLimit&) = delete;
  FileLimit& operator=(const FileLimit&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int);
};

}  // namespace

TEST_CASE("A run file has its name once it can be watched, not before") {
  const TemporaryFolder folder;
  const std::string path = folder.file("run.h5");
  RunLog log(path, {}, one_series(), Element::float32);
  CHECK_FALSE(std::filesystem::exists(path));
  log.start();
  CHECK_FALSE(std::filesystem::exists(path + ".part"));
  CHECK(progress(File::open(path, Access::watch)) == -1);
}

TEST_CASE("A run file that was never started leaves nothing behind, and spares its elder") {
  const TemporaryFolder folder;
  const std::string path = folder.file("run.h5", "elder");
  { const RunLog log(path, {}, one_series(), Element::float32); }
  CHECK(std::filesystem::file_size(path) == 5);
  CHECK_FALSE(std::filesystem::exists(path + ".part"));
}

TEST_CASE(
    "A log that goes on from checkpoint 0 vouches for nothing, as step 0 is still to be recorded") {
  const TemporaryFolder folder;
  {
    RunLog log(folder.file("past.h5"), {}, one_series(), Element::float32);
    log.start();
    log.append(0, 0, {0.5}, {});
    log.commit(0);
  }
  RunLog log(folder.file("run.h5"), {}, one_series(), Element::float32);
  log.take_over(File::open(folder.file("past.h5"), Access::read), {0, 0}, 0, -1);
  log.start();
  CHECK(progress(File::open(folder.file("run.h5"), Access::watch)) == -1);
  log.append(0, 0, {0.5}, {});
  log.commit(0);
  CHECK(progress(File::open(folder.file("run.h5"), Access::watch)) == 0);
}

TEST_CASE("A log that is copied with its step 0 vouches for it") {
  const TemporaryFolder folder;
  {
    RunLog log(folder.file("past.h5"), {}, one_series(), Element::float32);
    log.start();
    log.append(0, 0, {0.5}, {});
    log.event(0, Event::started);
    log.commit(0);
  }
  {
    RunLog log(folder.file("run.h5"), {}, one_series(), Element::float32);
    log.take_over(File::open(folder.file("past.h5"), Access::read), {1, 1}, 0, 0);
    log.start();
    log.close();
  }
  const File file = File::open(folder.file("run.h5"), Access::read);
  CHECK(progress(file) == 0);
  CHECK(last_event(file) == Event::started);
}

TEST_CASE("Rows reach the file when their step is committed, and half a step never does") {
  const TemporaryFolder folder;
  const std::string path = folder.file("run.h5");
  RunLog log(path, {}, one_series(), Element::float32);
  log.start();
  log.append(0, 1, {0.5});
  log.commit(1);
  log.append(0, 2, {0.25});
  SECTION("while the run goes") {
    const File file = File::open(path, Access::watch);
    CHECK(progress(file) == 1);
    CHECK(file.dataset("losses/generator").numbers() == Numbers{0.5});
    CHECK(file.dataset("losses/step").numbers() == Numbers{1});
  }
  SECTION("when it ends in the middle of a step") {
    log.close();
    const File file = File::open(path, Access::read);
    CHECK(progress(file) == 1);
    CHECK(file.dataset("losses/generator").numbers() == Numbers{0.5});
  }
}

TEST_CASE("Rows that were committed before the start are in the file when it gets its name") {
  const TemporaryFolder folder;
  const std::string path = folder.file("run.h5");
  RunLog log(path, {}, one_series(), Element::float32);
  log.append(0, 1, {0.5});
  log.commit(1);
  log.start();
  const File file = File::open(path, Access::watch);
  CHECK(progress(file) == 1);
  CHECK(file.dataset("losses/generator").numbers() == Numbers{0.5});
}

TEST_CASE("A run that was killed after a commit reads back up to exactly that step") {
  const TemporaryFolder folder;
  const std::string path = folder.file("run.h5");
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ExampleRun run(path);
    run.log.start();
    for (std::int64_t step = 1; step <= 7; ++step) {
      run.append(step);
      run.log.commit(step);
    }
    run.append(8);
    raise(SIGKILL);
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  REQUIRE(WIFSIGNALED(status));

  CHECK(error_text<DataError>([&] { File::open(path, Access::read); }) ==
        path + ": cannot be opened: it is being written, or its writer was killed.");
  const File file = File::open(path, Access::watch);
  CHECK(progress(file) == 7);
  CHECK(file.dataset("losses/generator").numbers() == Numbers{-1, -2, -3, -4, -5, -6, -7});
  CHECK(file.dataset("losses/step").numbers() == Numbers{1, 2, 3, 4, 5, 6, 7});
  CHECK(file.dataset("samples/generated").numbers() == Numbers{5, 6, 7, 8, 9, 10});
  CHECK(file.dataset("samples/real").numbers() == Numbers{0, 1, 2, 3, 4, 5});
}

TEST_CASE("A log that was killed before its last page was filled up reads back") {
  const TemporaryFolder folder;
  // Blocks larger than a page, which end within one.
  const std::size_t size = 1500;
  const std::vector<Table> tables = {{"losses", {}, {{"x", {{"sample", size}}}}, {}}};
  std::vector<float> x(size);
  for (std::size_t i = 0; i < size; ++i) x[i] = std::sqrt(static_cast<float>(i + 1));
  RunLog log(folder.file("run.h5"), {}, tables, Element::float32);
  log.start();
  // Until the file ends with such a block, and not with a full page of something else.
  std::string whole;
  std::size_t used = 0;
  std::int64_t step = 0;
  while (step < 20 && used == whole.size()) {
    log.append(0, ++step, {}, {x.data()});
    log.commit(step);
    std::ifstream file(folder.file("run.h5"), std::ios::binary);
    whole.assign(std::istreambuf_iterator<char>(file), {});
    used = whole.find_last_not_of('\0') + 1;
  }
  REQUIRE(whole.size() % 4096 == 0);
  REQUIRE(whole.size() - used > 0);
  REQUIRE(whole.size() - used < 4096);
  const File cut = File::open(folder.file("cut.h5", whole.substr(0, used)), Access::watch);
  CHECK(progress(cut) == step);
  CHECK(cut.dataset("losses/x").numbers().size() == size * static_cast<std::size_t>(step));
  CHECK(cut.dataset("losses/x").numbers().back() == static_cast<double>(x.back()));
}

TEST_CASE("Events are numbered kinds with a legend, and the step that the run came from") {
  const TemporaryFolder folder;
  const std::string path = folder.file("run.h5");
  RunLog log(path, {}, {}, Element::float32);
  log.start();
  log.event(0, Event::started);
  log.event(40, Event::resumed, 40);
  log.event(50, Event::diverged);
  log.commit(50);
  log.close();
  const File file = File::open(path, Access::read);
  CHECK(file.dataset("events/step").numbers() == Numbers{0, 40, 50});
  CHECK(file.dataset("events/kind").numbers() == Numbers{0, 1, 5});
  CHECK(file.dataset("events/from_step").numbers() == Numbers{-1, 40, -1});
  CHECK(std::get<std::string>(file.dataset("events/kind").attribute("legend")) ==
        "0 started, 1 resumed, 2 finished, 3 interrupted, 4 stopped, 5 diverged, 6 failed, "
        "7 rolled-back");
  CHECK(saddle::event_name(Event::failed) == std::string("failed"));
}

TEST_CASE("An event at the committed step is written by close, though no commit follows") {
  const TemporaryFolder folder;
  const std::string path = folder.file("run.h5");
  RunLog log(path, {}, {}, Element::float32);
  log.start();
  log.commit(9);
  log.event(9, Event::finished);
  log.close();
  CHECK(File::open(path, Access::read).dataset("events/step").numbers() == Numbers{9});
}

TEST_CASE("Arrays of a double run are stored as doubles") {
  const TemporaryFolder folder;
  const std::string path = folder.file("run.h5");
  RunLog log(path, {}, {{"samples", {}, {{"x", {{"sample", 2}}}}, {}}}, Element::float64);
  log.start();
  const Numbers values = {0.1, 1e-300};  // neither is a float
  log.append(0, 1, {}, {values.data()});
  log.commit(1);
  log.close();
  CHECK(File::open(path, Access::read).dataset("samples/x").numbers() == values);
}

TEST_CASE("A run file in a folder that does not exist is refused by name") {
  const TemporaryFolder folder;
  const std::string path = folder.file("nowhere/run.h5");
  CHECK(error_text<DataError>([&] { RunLog(path, {}, {}, Element::float32); }) ==
        path + ": cannot be created: No such file or directory.");
}

TEST_CASE("A full disk is an error with file and reason, and what was committed stays readable") {
  const TemporaryFolder folder;
  const std::string path = folder.file("run.h5");
  std::int64_t last = -1;
  {
    RunLog log(path, {}, one_series(), Element::float32);
    log.start();
    const FileLimit limit(std::filesystem::file_size(path) + 40000);
    const std::string text = error_text<DataError>([&] {
      for (std::int64_t step = 1; step < 100000; ++step) {
        log.append(0, step, {static_cast<double>(step)});
        log.commit(step);
        last = step;
      }
    });
    CHECK(text == path + ": cannot be written: File too large.");
  }
  REQUIRE(last > 1000);
  // A copy, of which the library remembers nothing.
  std::filesystem::copy_file(path, folder.file("copy.h5"));
  const File file = File::open(folder.file("copy.h5"), Access::watch);
  CHECK(progress(file) >= last);
  const Numbers steps = file.dataset("losses/step").numbers();
  const Numbers values = file.dataset("losses/generator").numbers();
  for (std::int64_t step = 1; step <= last; ++step) {
    REQUIRE(steps[static_cast<std::size_t>(step - 1)] == static_cast<double>(step));
    REQUIRE(values[static_cast<std::size_t>(step - 1)] == static_cast<double>(step));
  }
}
