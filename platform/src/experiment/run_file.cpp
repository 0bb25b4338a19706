#include "experiment/run_file.hpp"

#include <saddle/base/error.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace saddle {
namespace {

constexpr std::int64_t kLargestWhole = std::int64_t{1} << 53;  // of those that all readers hold

hdf5::File open_any(const std::string& path) {
  try {
    return hdf5::File::open(path, hdf5::Access::read);
  } catch (const DataError&) {
    // A file that is being written, or whose writer was killed, opens this way only.
    return hdf5::File::open(path, hdf5::Access::watch);
  }
}

}  // namespace

ChildLimits limits_for(const std::vector<std::string>& paths) {
  constexpr double kLeastSeconds = 20, kBytesPerSecond = 5e6;
  constexpr std::uint64_t kLeastBytes = std::uint64_t{2} << 30;
  std::uint64_t size = 0;
  for (const std::string& path : paths) {
    std::error_code missing;
    const std::uint64_t bytes = std::filesystem::file_size(path, missing);
    if (!missing) size += bytes;
  }
  return {kLeastSeconds + static_cast<double>(size) / kBytesPerSecond, kLeastBytes + 10 * size};
}

bool was_closed(const std::string& path) {
  try {
    hdf5::File::open(path, hdf5::Access::read);
    return true;
  } catch (const DataError&) {
    return false;
  }
}

hdf5::File open_run(const std::string& path) {
  hdf5::File file = open_any(path);
  if (!file.has_attribute("format") ||
      file.attribute("format") != hdf5::Scalar(std::string(kRunFormat)))
    throw DataError(path + ": this HDF5 file is no run of saddle.");
  return file;
}

std::int64_t committed_step(const hdf5::File& run) { return integer(run, "progress/step"); }

std::vector<std::int64_t> whole_numbers(const hdf5::Dataset& dataset) {
  const auto rank = dataset.shape().size();
  if (rank != 1)
    throw DataError(dataset.file() + ": " + dataset.path() +
                    ": expected one number for each row, found an array of " +
                    std::to_string(rank) + " dimensions.");
  const std::vector<std::int64_t> numbers = dataset.integers();
  for (const std::int64_t number : numbers)
    if (number < -kLargestWhole || number > kLargestWhole)
      throw DataError(dataset.file() + ": " + dataset.path() + ": expected whole numbers up to " +
                      std::to_string(kLargestWhole) + ", found " + std::to_string(number) + ".");
  return numbers;
}

std::optional<Event> last_event(const hdf5::File& run) {
  const std::vector<std::int64_t> kinds = whole_numbers(run.dataset("events/kind"));
  const auto last = std::find_if(kinds.rbegin(), kinds.rend(), [](auto kind) { return kind >= 0; });
  if (last == kinds.rend()) return std::nullopt;
  if (*last > static_cast<std::int64_t>(kLastEvent))
    throw DataError(run.file() + ": /events/kind: this saddle knows no event of the number " +
                    std::to_string(*last) + ".");
  return static_cast<Event>(*last);
}

std::int64_t count_events(const hdf5::File& run, Event event) {
  const std::vector<std::int64_t> kinds = whole_numbers(run.dataset("events/kind"));
  return std::count(kinds.begin(), kinds.end(), static_cast<std::int64_t>(event));
}

std::vector<std::int64_t> committed_steps(const hdf5::File& run, const hdf5::Group& table) {
  const std::int64_t committed = committed_step(run);
  std::vector<std::int64_t> steps = whole_numbers(table.dataset("step"));
  const auto vouched = [&](std::int64_t step) { return step >= 0 && step <= committed; };
  steps.erase(std::find_if_not(steps.begin(), steps.end(), vouched), steps.end());
  return steps;
}

std::int64_t nearest_step(const std::vector<std::int64_t>& steps, std::int64_t step) {
  return *std::min_element(steps.begin(), steps.end(), [&](std::int64_t a, std::int64_t b) {
    return std::abs(a - step) < std::abs(b - step);
  });
}

void throw_no_weights(const std::string& file, const std::vector<std::int64_t>& steps,
                      std::int64_t step) {
  throw DataError(file + ": holds no weights of step " + std::to_string(step) +
                  "; the nearest is step " + std::to_string(nearest_step(steps, step)) +
                  ", the last " + std::to_string(steps.back()) + ".");
}

}  // namespace saddle
