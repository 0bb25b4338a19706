#include <saddle/base/error.hpp>

#include "error_text.hpp"
#include "experiment/checkpoint.hpp"
#include "temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>

using namespace saddle;
using saddle::testing::error_text;
using saddle::testing::TemporaryFolder;

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

Checkpoint of_step(std::int64_t step) {
  Checkpoint checkpoint;
  checkpoint.header.name = "ring8-größe";
  checkpoint.header.seed = 18446744073709551615u;
  checkpoint.header.spec_resolved = "seed: 1\n";
  checkpoint.header.provenance = {{"plugins/loss-bce/sha256", std::string("ab")},
                                  {"threads", std::int64_t{2}}};
  checkpoint.state.step = step;
  checkpoint.state.tensors["generator/parameters/body.0.weight"] = tensor({1, 2}, {0.5, -3});
  checkpoint.state.tensors["term/parameters/scale"] = tensor({}, {7});
  checkpoint.state.numbers = {{"losses/bce/penalty", kNan}, {"losses/generator", 0.1}};
  return checkpoint;
}

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The steps of checkpoint.h5 and of the one before; -1 where there is none.
std::vector<std::int64_t> generations(const TemporaryFolder& folder) {
  std::vector<std::int64_t> steps;
  for (const char* name : {"checkpoint.h5", "checkpoint-previous.h5"}) {
    const std::string path = folder.file(name);
    steps.push_back(std::filesystem::exists(path) ? parse_checkpoint(content(path), path).state.step
                                                  : -1);
  }
  return steps;
}

}  // namespace

TEST_CASE("A checkpoint reads back as it was written, every bit") {
  const Checkpoint before = of_step(40);
  const Checkpoint after = parse_checkpoint(checkpoint_bytes(before, "x.h5"), "x.h5");
  CHECK(after.state.step == 40);
  CHECK(after.state.tensors == before.state.tensors);
  CHECK(std::isnan(after.state.number("losses/bce/penalty")));
  CHECK(after.state.numbers_below("losses").size() == 2);
  CHECK(after.state.number("losses/generator") == 0.1);
  CHECK(after.header.name == before.header.name);
  CHECK(after.header.seed == before.header.seed);
  CHECK(after.header.spec_resolved == "seed: 1\n");
  CHECK(after.header.provenance == before.header.provenance);
}

TEST_CASE("Any change of a checkpoint's bytes is noticed before HDF5 sees them") {
  const std::string bytes = checkpoint_bytes(of_step(40), "x.h5");
  const auto complaint = [](const std::string& changed) {
    return error_text<DataError>([&] { parse_checkpoint(changed, "x.h5"); });
  };
  const std::string damaged = "x.h5: this checkpoint is damaged: its ";
  for (std::size_t at = 512; at < bytes.size(); at += 97) {
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ 16);
    REQUIRE(complaint(changed).find(damaged) == 0);
  }
  CHECK(complaint(bytes.substr(0, bytes.size() - 1)) ==
        damaged + std::to_string(bytes.size() - 513) +
            " bytes do not have the SHA-256 that it states.");
  const std::string other = "x.h5: expected a checkpoint of saddle, found another file or a part.";
  CHECK(complaint("") == other);
  CHECK(complaint(bytes.substr(0, 511)) == other);
  CHECK(complaint("#" + bytes) == other);
}

TEST_CASE("What a checkpoint does not hold, or in another shape, is named") {
  const State state = of_step(1).state;
  CHECK(error_text<DataError>([&] { state.number("best"); }) ==
        "the checkpoint holds no number 'best'.");
  CHECK(error_text<DataError>([&] { state.tensor("w", {1}); }) ==
        "the checkpoint holds no tensor 'w'.");
  CHECK(error_text<DataError>([&] { state.tensor("term/parameters/scale", {3}); }) ==
        "the checkpoint's 'term/parameters/scale' has the shape []; this spec makes it [3].");
}

TEST_CASE("The last checkpoint by schedule stays, whatever others are written") {
  const TemporaryFolder folder;
  const CheckpointStore store(folder.file(""), 20);
  const auto write = [&](std::int64_t step) {
    store.write(of_step(step));
    return generations(folder);
  };
  CHECK(write(0) == std::vector<std::int64_t>{0, -1});
  CHECK(write(20) == std::vector<std::int64_t>{20, 0});
  CHECK(write(40) == std::vector<std::int64_t>{40, 20});
  CHECK(write(47) == std::vector<std::int64_t>{47, 40});
  CHECK(write(53) == std::vector<std::int64_t>{53, 40});
  CHECK(store.latest(60).state.step == 53);
  CHECK(store.latest(50).state.step == 40);
  CHECK(store.latest_scheduled().state.step == 40);
  CHECK(error_text<DataError>([&] { store.latest(39); }) ==
        folder.file("") + ": there is no checkpoint to go on from.");
  CHECK(write(60) == std::vector<std::int64_t>{60, 40});
  store.clear();
  CHECK(generations(folder) == std::vector<std::int64_t>{-1, -1});
}

TEST_CASE("A damaged checkpoint does not take the place of the one before it") {
  const TemporaryFolder folder;
  const CheckpointStore store(folder.file(""), 20);
  store.write(of_step(0));
  store.write(of_step(20));
  folder.file("checkpoint.h5", "damaged");
  store.write(of_step(20));
  CHECK(generations(folder) == std::vector<std::int64_t>{20, 0});
  // One whose first lines have lost the step.
  std::string changed = content(folder.file("checkpoint.h5"));
  changed[changed.find("step")] = 'S';
  folder.file("checkpoint.h5", changed);
  store.write(of_step(40));
  CHECK(generations(folder) == std::vector<std::int64_t>{40, 0});
}
