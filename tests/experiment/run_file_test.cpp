#include "experiment/run_file.hpp"

#include <saddle/base/error.hpp>
#include <saddle/base/hash.hpp>

#include "error_text.hpp"
#include "experiment/checkpoint.hpp"
#include "experiment/run_log.hpp"
#include "temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <functional>

using namespace saddle;
using hdf5::Element;
using saddle::testing::error_text;
using saddle::testing::TemporaryFolder;

namespace {

constexpr std::int64_t kHuge = std::int64_t{1} << 62;

hdf5::File made() { return hdf5::File::create_in_memory("run.h5"); }

void put(hdf5::Group& file, const std::string& name, const std::vector<double>& numbers,
         Element element = Element::int64) {
  hdf5::Dataset rows = file.create_rows(name, {element, {}, 8});
  rows.write_rows(0, numbers.size(), Element::float64, numbers.data());
}

std::string step_error(const std::function<void(hdf5::File&)>& fill) {
  hdf5::File file = made();
  fill(file);
  return error_text<DataError>([&] { committed_step(file); });
}

std::string event_error(double kind) {
  hdf5::File file = made();
  put(file, "events/kind", {0, kind, -1});
  return error_text<DataError>([&] { last_event(file); });
}

// A log that goes on from rows of `features` numbers each; it writes rows of two.
std::string take_over(std::uint64_t features, const hdf5::Shape& real) {
  const TemporaryFolder folder;
  hdf5::File past = made();
  put(past, "samples/step", {0});
  for (const char* name : {"events/step", "events/kind", "events/from_step"}) put(past, name, {0});
  const std::vector<float> row(1000, 1);
  past.create_rows("samples/generated", {Element::float32, {features}, 1})
      .write_rows(0, 1, Element::float32, row.data());
  past.create_array("samples/real", Element::float32, real).write(Element::float32, row.data());
  const Axis two{"feature", 2};
  RunLog log(folder.file("run.h5"), {},
             {{"samples", {}, {{"generated", {two}}}, {{"real", {two}}}}}, Element::float32);
  return error_text<DataError>([&] { log.take_over(past, {1, 1}, 0, 0); });
}

// What reading a checkpoint says that is sound but for its numbers.
std::string checkpoint_error(const std::function<void(hdf5::File&)>& fill) {
  hdf5::File file = made();
  write_header(file, "saddle-checkpoint", {});
  file.create_group("tensors");
  file.create_group("numbers");
  fill(file);
  const std::string image = file.image();
  std::string bytes = "saddle-checkpoint 1\nsha256 " + sha256_hex(image) + "\nstep 0\n";
  bytes.resize(512, '\n');
  return error_text<DataError>([&] { parse_checkpoint(bytes + image, "c.h5"); });
}

}  // namespace

TEST_CASE("The committed step of a run is one integer") {
  CHECK(step_error([](hdf5::File& file) {
          file.create_scalar("progress/step", std::int64_t{3});
        }) == "(no error)");
  CHECK(step_error([](hdf5::File& file) { put(file, "progress/step", {}); }) ==
        "run.h5: /progress/step: expected one value, found 0.");
  CHECK(step_error([](hdf5::File& file) { file.create_scalar("progress/step", 0.5); }) ==
        "run.h5: /progress/step is of another type than saddle writes.");
}

TEST_CASE("The steps of a table end where a row is not vouched for, or is no step") {
  hdf5::File file = made();
  file.create_scalar("progress/step", std::int64_t{3});
  put(file, "a/step", {0, 2, 4});
  put(file, "b/step", {static_cast<double>(kHuge)});
  file.create_array("c/step", Element::int64, {2, 2});
  CHECK(committed_steps(file, file.group("a")) == std::vector<std::int64_t>{0, 2});
  const auto complaint = [&](const char* table) {
    return error_text<DataError>([&] { committed_steps(file, file.group(table)); });
  };
  CHECK(complaint("b") ==
        "run.h5: /b/step: expected whole numbers up to 9007199254740992, found "
        "4611686018427387904.");
  CHECK(complaint("c") ==
        "run.h5: /c/step: expected one number for each row, found an array of 2 dimensions.");
}

TEST_CASE("An event that is not known is refused, not taken for one") {
  CHECK(event_error(7) == "(no error)");
  CHECK(event_error(8) == "run.h5: /events/kind: this saddle knows no event of the number 8.");
}

TEST_CASE("A log takes over rows of its own size only") {
  CHECK(take_over(2, {2}) == "(no error)");
  CHECK(take_over(1000, {2}) ==
        "run.h5: /samples/generated: has the shape [1, 1000]; the run that goes on writes rows as "
        "in [0, 2].");
  CHECK(take_over(2, {2, 500}).find("run.h5: /samples/real: has the shape [2, 500]") == 0);
}

TEST_CASE("A checkpoint of numbers and tensors that are none is refused") {
  CHECK(checkpoint_error([](hdf5::File& file) {
          file.create_scalar("step", std::int64_t{0});
          file.create_array("numbers/rate-scale", Element::float64, {0});
        }) == "c.h5: /numbers/rate-scale: expected one number, found 0.");
  constexpr std::uint64_t kLong = std::uint64_t{1} << 40;
  CHECK(checkpoint_error([](hdf5::File& file) {
          file.create_scalar("step", std::int64_t{0});
          file.create_array("tensors/w", Element::float32, {0, kLong, kLong});
        }) ==
        "c.h5: /tensors/w: expected a tensor, found one of [0, 1099511627776, 1099511627776] "
        "elements.");
  CHECK(checkpoint_error([](hdf5::File& file) { file.create_scalar("step", 0.0); }) ==
        "c.h5: /step is of another type than saddle writes.");
}

TEST_CASE("Why a run ended before its first records is in the file") {
  const TemporaryFolder folder;
  {
    RunLog log(folder.file("run.h5"), {}, {{"losses", {{"x", "nats"}}, {}, {}}}, Element::float32);
    log.event(0, Event::started);
    log.start();
    log.append(0, 0, {0.5}, {});
    log.event(0, Event::failed);
    log.close();
  }
  const hdf5::File file = hdf5::File::open(folder.file("run.h5"), hdf5::Access::read);
  CHECK(committed_step(file) == -1);
  CHECK(last_event(file) == Event::failed);
}
