#include <saddle/base/error.hpp>

#include "error_text.hpp"
#include "experiment/log_writer.hpp"
#include "temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <future>

using saddle::DataError;
using saddle::Event;
using saddle::FlushTimer;
using saddle::LogWriter;
using saddle::RunLog;
using saddle::Table;
using saddle::hdf5::Access;
using saddle::hdf5::Element;
using saddle::hdf5::File;
using saddle::testing::error_text;
using saddle::testing::TemporaryFolder;

namespace {

using Numbers = std::vector<double>;

// A table of one series and one array of two numbers.
std::unique_ptr<RunLog> opened(const std::string& path) {
  const std::vector<Table> tables = {
      {"losses", {{"generator", "nats"}}, {{"x", {{"sample", 2}}}}, {}}};
  return std::make_unique<RunLog>(path, saddle::RunHeader{}, tables, Element::float32);
}

std::unique_ptr<RunLog> started(const std::string& path) {
  auto log = opened(path);
  log->start();
  return log;
}

void append(LogWriter& writer, std::int64_t step) {
  const auto x = static_cast<float>(step);
  const std::vector<float> block = {x, -x};
  writer.append(0, step, {static_cast<double>(step)}, {block.data()});
}

}  // namespace

TEST_CASE("What is appended and committed on one thread is written on another") {
  const TemporaryFolder folder;
  LogWriter writer(started(folder.file("run.h5")));
  for (std::int64_t step = 1; step <= 3; ++step) {
    append(writer, step);
    writer.commit(step);
  }
  append(writer, 4);
  writer.event(3, Event::finished);
  CHECK(writer.rows() == saddle::RowCounts{4, 1});
  writer.close();
  const File file = File::open(folder.file("run.h5"), Access::read);
  CHECK(file.dataset("progress/step").numbers() == Numbers{3});
  CHECK(file.dataset("losses/generator").numbers() == Numbers{1, 2, 3});
  CHECK(file.dataset("losses/x").numbers() == Numbers{1, -1, 2, -2, 3, -3});
  CHECK(file.dataset("events/kind").numbers() == Numbers{2});
}

TEST_CASE("A task runs when all that was committed before it can be read") {
  const TemporaryFolder folder;
  LogWriter writer(started(folder.file("run.h5")));
  append(writer, 1);
  writer.commit(1);
  std::promise<double> seen;
  writer.then(
      [&] {
        const File file = File::open(folder.file("run.h5"), Access::watch);
        seen.set_value(file.dataset("progress/step").numbers().at(0));
      },
      0);
  CHECK(seen.get_future().get() == 1);
  append(writer, 2);
  writer.commit(2);
  writer.drain();
  CHECK(File::open(folder.file("run.h5"), Access::watch).dataset("progress/step").numbers() ==
        Numbers{2});
}

TEST_CASE("What fails on the thread is thrown by every later call, and nothing more is written") {
  const TemporaryFolder folder;
  LogWriter writer(started(folder.file("run.h5")));
  writer.then([] { throw DataError("the disk is full."); }, 0);
  CHECK(error_text<DataError>([&] { writer.drain(); }) == "the disk is full.");
  append(writer, 1);
  CHECK(error_text<DataError>([&] { writer.commit(1, LogWriter::Flush::now); }) ==
        "the disk is full.");
  CHECK(error_text<DataError>([&] { writer.close(); }) == "the disk is full.");
  CHECK(File::open(folder.file("run.h5"), Access::watch).dataset("progress/step").numbers() ==
        Numbers{-1});
}

TEST_CASE("More than may wait makes the caller wait until the thread has caught up") {
  const TemporaryFolder folder;
  const std::size_t count = 5000000;  // 20 MB a row
  const std::vector<Table> tables = {{"samples", {}, {{"x", {{"sample", count}}}}, {}}};
  auto log = std::make_unique<RunLog>(folder.file("run.h5"), saddle::RunHeader{}, tables,
                                      Element::float32);
  log->start();
  LogWriter writer(std::move(log));
  std::promise<void> gate;
  std::atomic<int> appended{0};
  writer.then([&, open = gate.get_future().share()] { open.wait(); }, 0);
  const std::vector<float> row(count, 1);
  auto appending = std::async(std::launch::async, [&] {
    for (std::int64_t step = 1; step <= 20; ++step) {
      writer.append(0, step, {}, {row.data()});
      ++appended;
      writer.commit(step, LogWriter::Flush::now);
    }
  });
  // 13 rows are 260 MB, less than 256 MiB; the 14th is not taken.
  while (appended < 14) std::this_thread::yield();
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  CHECK(appended == 14);
  gate.set_value();
  appending.get();
  writer.close();
  CHECK(File::open(folder.file("run.h5"), Access::read).dataset("samples/step").shape().at(0) ==
        20);
}

TEST_CASE("A task that holds more than may wait keeps the next from waiting too") {
  const TemporaryFolder folder;
  LogWriter writer(started(folder.file("run.h5")));
  std::promise<void> gate;
  std::atomic<int> asked{0};
  const auto open = gate.get_future().share();
  auto asking = std::async(std::launch::async, [&] {
    for (int i = 0; i < 4; ++i) {
      writer.then([open] { open.wait(); }, LogWriter::kMostWaiting);
      ++asked;
    }
  });
  // One is under way, and one waits for it.
  while (asked < 2) std::this_thread::yield();
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  CHECK(asked == 2);
  gate.set_value();
  asking.get();
  writer.drain();
  CHECK(asked == 4);
}

TEST_CASE("A writer knows how far the log that it goes on with has come") {
  const TemporaryFolder folder;
  {
    LogWriter writer(started(folder.file("past.h5")));
    append(writer, 7);
    writer.commit(7);
    writer.close();
  }
  auto log = opened(folder.file("run.h5"));
  log->take_over(File::open(folder.file("past.h5"), Access::read), {1, 0}, 7, 7);
  log->start();
  LogWriter writer(std::move(log));
  CHECK(writer.committed() == 7);
  writer.event(7, saddle::Event::failed);
  writer.close();
  const File file = File::open(folder.file("run.h5"), Access::read);
  CHECK(file.dataset("progress/step").numbers() == Numbers{7});
  CHECK(file.dataset("events/step").numbers() == Numbers{7});
}

TEST_CASE("Rows are flushed before they are half a second old, whatever the length of a step") {
  using std::chrono::milliseconds;
  const FlushTimer::Clock::time_point start{};
  FlushTimer timer(start);
  SECTION("steps of 100 ms: the fifth would come at 500 ms, so the fourth flushes") {
    CHECK_FALSE(timer.due(start + milliseconds(100)));
    CHECK_FALSE(timer.due(start + milliseconds(200)));
    CHECK_FALSE(timer.due(start + milliseconds(300)));
    CHECK(timer.due(start + milliseconds(400)));
    timer.flushed(start + milliseconds(400));
    CHECK_FALSE(timer.due(start + milliseconds(500)));
  }
  SECTION("steps of 3 s: each flushes") {
    CHECK(timer.due(start + milliseconds(3000)));
    timer.flushed(start + milliseconds(3000));
    CHECK(timer.due(start + milliseconds(6000)));
  }
}
