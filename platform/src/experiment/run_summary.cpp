#include "experiment/run_summary.hpp"

#include "experiment/run_file.hpp"
#include "experiment/run_header.hpp"
#include "io/durable.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>
#include <variant>

namespace saddle {
namespace {

std::string text_attribute(const hdf5::Dataset& dataset, const char* name) {
  if (!dataset.has_attribute(name)) return "";
  const hdf5::Scalar value = dataset.attribute(name);
  const auto* const text = std::get_if<std::string>(&value);
  return text ? *text : "";
}

void add_values(const hdf5::File& run, const std::string& table, const std::string& prefix,
                std::vector<LastValue>& values) {
  const hdf5::Group group = run.group(table);
  for (LastValue& value : last_values(group, committed_steps(run, group).size())) {
    value.name = prefix + value.name;
    values.push_back(std::move(value));
  }
}

}  // namespace

std::vector<LastValue> last_values(const hdf5::Group& table, std::size_t rows) {
  std::vector<LastValue> values;
  if (rows == 0) return values;
  for (const std::string& name : table.datasets_below()) {
    const hdf5::Dataset dataset = table.dataset(name);
    if (dataset.is_scale() || name == "step") continue;
    if (dataset.shape().size() != 1 || dataset.shape()[0] < rows) continue;
    LastValue last{name, 0, text_attribute(dataset, "unit"), text_attribute(dataset, "definition")};
    dataset.read_rows(rows - 1, 1, hdf5::Element::float64, &last.value);
    values.push_back(std::move(last));
  }
  return values;
}

bool is_beside(const std::string& name, const std::vector<std::string>& names) {
  const std::size_t dash = name.rfind('-');
  if (dash == std::string::npos) return false;
  const std::string what = name.substr(dash + 1);
  if (what != "error" && what != "baseline" && what != "ceiling" && what != "flags") return false;
  return std::find(names.begin(), names.end(), name.substr(0, dash)) != names.end();
}

std::optional<bool> is_written(const std::string& file) {
  return FolderLock::is_taken(std::filesystem::absolute(file).parent_path().string());
}

std::string run_state(const std::string& last_event, const std::string& file,
                      std::optional<bool> written) {
  for (const Event end :
       {Event::finished, Event::interrupted, Event::stopped, Event::diverged, Event::failed})
    if (last_event == event_name(end)) return last_event;
  if (!written) return last_event;
  if (*written) return "running";
  const std::filesystem::path folder = std::filesystem::absolute(file).parent_path();
  std::error_code error;
  return std::filesystem::exists(folder / "checkpoint.h5", error) ? "killed" : last_event;
}

RunSummary summarise_run(const std::string& file) {
  const std::optional<bool> written = is_written(file);
  const hdf5::File run = open_run(file);
  const RunHeader header = read_header(run, kRunFormat);
  const std::optional<Event> event = last_event(run);
  RunSummary summary{header.name,
                     header.seed,
                     run_state(event ? event_name(*event) : "none", file, written),
                     committed_step(run),
                     header.spec_resolved,
                     {}};
  if (run.has_group("metrics"))
    for (const std::string& name : run.group("metrics").names())
      if (run.group("metrics").has_group(name))
        add_values(run, "metrics/" + name, name + "/", summary.values);
  add_values(run, "losses", "losses/", summary.values);
  return summary;
}

}  // namespace saddle
