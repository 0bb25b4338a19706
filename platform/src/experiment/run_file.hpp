#pragma once

#include <saddle/tensor/tensor.hpp>

#include "base/child_process.hpp"
#include "experiment/run_log.hpp"
#include "io/hdf5.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

// Reading run files: those that were closed, those that a run is writing, and those whose run was
// killed.
namespace saddle {

// How tensors of this build are stored.
inline constexpr hdf5::Element kScalarElement =
    std::is_same_v<Scalar, float> ? hdf5::Element::float32 : hdf5::Element::float64;

inline constexpr char kRunFormat[] = "saddle-run";

// What a child process may use that reads run files of unknown origin: enough for their sizes.
ChildLimits limits_for(const std::vector<std::string>& paths);

// Whether its writer has closed it, so that any reader opens it. To be asked before this process
// opens the file: the library opens what it has open in any state.
bool was_closed(const std::string& path);
// Throws DataError where the file cannot be opened or is no run.
hdf5::File open_run(const std::string& path);
// /progress/step, the last committed step; -1 before the first.
std::int64_t committed_step(const hdf5::File& run);
// What the last of its events says; nothing where there is none. Throws DataError where it is none
// that is known here.
std::optional<Event> last_event(const hdf5::File& run);
std::int64_t count_events(const hdf5::File& run, Event event);
// The one of at least one step that is nearest to another.
std::int64_t nearest_step(const std::vector<std::int64_t>& steps, std::int64_t step);
// Says that the file holds no weights of a step, and which of those that it holds is the nearest.
[[noreturn]] void throw_no_weights(const std::string& file, const std::vector<std::int64_t>& steps,
                                   std::int64_t step);
// Steps, or other whole numbers, one for each row. Throws DataError where the dataset is another.
std::vector<std::int64_t> whole_numbers(const hdf5::Dataset& dataset);
// The steps of a table's rows that are vouched for.
std::vector<std::int64_t> committed_steps(const hdf5::File& run, const hdf5::Group& table);

}  // namespace saddle
