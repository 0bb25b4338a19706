#include "experiment/checkpoint.hpp"

#include <saddle/base/error.hpp>
#include <saddle/base/hash.hpp>
#include <saddle/io/number_array.hpp>

#include "base/log.hpp"
#include "base/text.hpp"
#include "experiment/run_file.hpp"
#include "io/durable.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

namespace saddle {
namespace {

namespace fs = std::filesystem;

constexpr char kFormat[] = "saddle-checkpoint";
constexpr char kStep[] = "\nstep ";
constexpr std::uint64_t kMostElements = std::uint64_t{1} << 40;
constexpr std::size_t kBlock = 512;  // HDF5 looks for its own beginning at 512

std::string block_text(std::int64_t step, std::string_view image) {
  std::string text = std::string(kFormat) + " 1\nsha256 " + sha256_hex(image) + kStep +
                     std::to_string(step) + "\n";
  text.resize(kBlock, '\n');
  return text;
}

std::string damaged(const std::string& shown, const std::string& how) {
  return shown + ": this checkpoint is damaged: " + how + ".";
}

// The HDF5 part of the bytes, once it is known to be what was written.
std::string_view checked_image(std::string_view bytes, const std::string& shown) {
  if (bytes.substr(0, sizeof kFormat - 1) != kFormat || bytes.size() < kBlock)
    throw DataError(shown + ": expected a checkpoint of saddle, found another file or a part.");
  const std::string_view image = bytes.substr(kBlock);
  const std::string line = "\nsha256 " + sha256_hex(image) + "\n";
  if (bytes.substr(0, kBlock).find(line) == std::string_view::npos)
    throw DataError(damaged(shown, "its " + std::to_string(image.size()) +
                                       " bytes do not have the SHA-256 that it states"));
  return image;
}

// The step in the first block, whose every other byte is known.
std::int64_t stated_step(const std::string& bytes, std::string_view image,
                         const std::string& shown) {
  const std::string head = bytes.substr(0, kBlock);
  const std::size_t place = head.find(kStep);
  const std::int64_t step =
      place == std::string::npos ? -1 : std::atoll(head.c_str() + place + sizeof kStep - 1);
  if (head != block_text(step, image))
    throw DataError(damaged(shown, "its first " + std::to_string(kBlock) + " bytes have changed"));
  return step;
}

std::string read_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw DataError(path + ": cannot be read.");
  return {std::istreambuf_iterator<char>(file), {}};
}

// Lengths whose product no tensor can count; those of an array without elements cost no byte.
bool is_countable(const hdf5::Shape& shape) {
  std::uint64_t count = 1;
  for (const std::uint64_t length : shape) {
    if (length > kMostElements / count) return false;
    count *= std::max<std::uint64_t>(length, 1);
  }
  return true;
}

void read_tensors(const hdf5::Group& tensors, State& state) {
  for (const std::string& name : tensors.datasets_below()) {
    const hdf5::Dataset dataset = tensors.dataset(name);
    const hdf5::Shape shape = dataset.shape();
    if (!is_countable(shape))
      throw DataError(dataset.file() + ": " + dataset.path() +
                      ": expected a tensor, found one of " + shape_text(shape) + " elements.");
    state.tensors[name] = saddle::tensor(Shape(shape.begin(), shape.end()), dataset.numbers());
  }
}

void read_numbers(const hdf5::Group& numbers, State& state) {
  for (const std::string& name : numbers.datasets_below()) {
    const hdf5::Dataset dataset = numbers.dataset(name);
    const std::vector<double> values = dataset.numbers();
    if (values.size() != 1)
      throw DataError(dataset.file() + ": " + dataset.path() + ": expected one number, found " +
                      std::to_string(values.size()) + ".");
    state.numbers[name] = values[0];
  }
}

}  // namespace

std::string checkpoint_bytes(const Checkpoint& checkpoint, const std::string& shown) {
  hdf5::File file = hdf5::File::create_in_memory(shown);
  write_header(file, kFormat, checkpoint.header);
  file.create_scalar("step", checkpoint.state.step);
  hdf5::Group tensors = file.create_group("tensors"), numbers = file.create_group("numbers");
  for (const auto& [name, value] : checkpoint.state.tensors) {
    const hdf5::Shape shape(value.shape().begin(), value.shape().end());
    tensors.create_array(name, kScalarElement, shape).write(kScalarElement, value.data());
  }
  for (const auto& [name, value] : checkpoint.state.numbers) numbers.create_scalar(name, value);
  const std::string image = file.image();
  return block_text(checkpoint.state.step, image) + image;
}

Checkpoint parse_checkpoint(std::string_view bytes, const std::string& shown) {
  const hdf5::File file = hdf5::File::open_image(checked_image(bytes, shown), shown);
  Checkpoint checkpoint{read_header(file, kFormat), {}};
  checkpoint.state.step = integer(file, "step");
  read_tensors(file.group("tensors"), checkpoint.state);
  read_numbers(file.group("numbers"), checkpoint.state);
  return checkpoint;
}

CheckpointStore::CheckpointStore(const std::string& folder, std::int64_t every)
    : folder_(folder),
      current_(folder + "/checkpoint.h5"),
      previous_(folder + "/checkpoint-previous.h5"),
      every_(every) {}

// A damaged generation must not take the place of a whole one.
bool CheckpointStore::keeps_current() const {
  if (!fs::exists(current_)) return false;
  try {
    const std::string bytes = read_bytes(current_);
    return stated_step(bytes, checked_image(bytes, current_), current_) % every_ == 0;
  } catch (const DataError&) {
    return false;
  }
}

void CheckpointStore::write(const Checkpoint& checkpoint) const {
  const std::string part = current_ + ".part", bytes = checkpoint_bytes(checkpoint, current_);
  write_durably(part, {bytes}, current_);
  if (keeps_current()) rename_durably(current_, previous_);
  rename_durably(part, current_);
}

void CheckpointStore::clear() const {
  std::error_code ignored;
  for (const std::string& path : {current_ + ".part", previous_, current_})
    fs::remove(path, ignored);
}

template <class Serves>
Checkpoint CheckpointStore::find(const Serves& serves) const {
  std::vector<std::string> problems;
  for (const std::string& path : {current_, previous_}) {
    if (!fs::exists(path)) continue;
    try {
      Checkpoint checkpoint = parse_checkpoint(read_bytes(path), path);
      if (!serves(checkpoint.state.step)) continue;
      for (const std::string& problem : problems)
        log::warn(problem + " " + path + ", of step " + std::to_string(checkpoint.state.step) +
                  ", is used.");
      return checkpoint;
    } catch (const DataError& error) {
      problems.emplace_back(error.what());
    }
  }
  if (problems.empty()) throw DataError(folder_ + ": there is no checkpoint to go on from.");
  throw DataError(join(problems, "\n"));
}

Checkpoint CheckpointStore::latest(std::int64_t step) const {
  return find([step](std::int64_t at) { return at <= step; });
}

Checkpoint CheckpointStore::latest_scheduled() const {
  return find([this](std::int64_t at) { return at % every_ == 0; });
}

}  // namespace saddle
