#include "experiment/run_file.hpp"

#include <saddle/base/error.hpp>

#include <filesystem>

namespace saddle {
namespace {

hdf5::File open_any(const std::string& path) {
  try {
    return hdf5::File::open(path, hdf5::Access::read);
  } catch (const DataError&) {
    // A file that is being written, or whose writer was killed, opens this way only.
    return hdf5::File::open(path, hdf5::Access::watch);
  }
}

}  // namespace

ChildLimits limits_for(const std::string& path) {
  std::error_code ignored;
  const auto size = std::filesystem::file_size(path, ignored);
  constexpr double kLeastSeconds = 20, kBytesPerSecond = 5e6;
  constexpr std::uint64_t kLeastBytes = std::uint64_t{2} << 30;
  if (ignored) return {kLeastSeconds, kLeastBytes};
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

std::int64_t committed_step(const hdf5::File& run) {
  return static_cast<std::int64_t>(run.group("progress").dataset("step").numbers().at(0));
}

std::optional<Event> last_event(const hdf5::File& run) {
  const std::vector<double> kinds = run.group("events").dataset("kind").numbers();
  for (std::size_t i = kinds.size(); i-- > 0;)
    if (kinds[i] >= 0) return static_cast<Event>(static_cast<std::int64_t>(kinds[i]));
  return std::nullopt;
}

std::vector<std::int64_t> committed_steps(const hdf5::File& run, const hdf5::Group& table) {
  const std::int64_t committed = committed_step(run);
  std::vector<std::int64_t> steps;
  for (const double number : table.dataset("step").numbers()) {
    const auto step = static_cast<std::int64_t>(number);
    if (step < 0 || step > committed) break;
    steps.push_back(step);
  }
  return steps;
}

}  // namespace saddle
