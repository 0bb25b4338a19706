#include "report/export.hpp"

#include <saddle/base/error.hpp>

#include "base/csv_text.hpp"
#include "experiment/run_file.hpp"
#include "experiment/run_summary.hpp"
#include "io/durable.hpp"
#include "io/safetensors.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <utility>

namespace saddle {
namespace {

std::string table_csv(const hdf5::Group& table, const std::vector<std::int64_t>& steps) {
  std::vector<std::string> head = {"step"};
  std::vector<std::vector<double>> columns;
  for (const LastValue& series : last_values(table, steps.size())) {
    head.push_back(csv_field(series.name));
    columns.emplace_back(steps.size());
    table.dataset(series.name)
        .read_rows(0, steps.size(), hdf5::Element::float64, columns.back().data());
  }
  std::string text = csv_line(head);
  for (std::size_t row = 0; row < steps.size(); ++row) {
    std::vector<std::string> line = {std::to_string(steps[row])};
    for (const std::vector<double>& column : columns) line.push_back(csv_field(column[row]));
    text += csv_line(line);
  }
  return text;
}

// "losses", "metrics/modes", "players/generator", ...
std::vector<std::string> series_tables(const hdf5::File& run) {
  std::vector<std::string> tables = {"losses"};
  for (const std::string above : {"metrics", "players"}) {
    if (!run.has_group(above)) continue;
    const hdf5::Group group = run.group(above);
    for (const std::string& name : group.names())
      if (group.has_group(name)) tables.push_back(above + "/" + name);
  }
  return tables;
}

// The row of the weights that were asked for.
std::size_t weights_row(const hdf5::File& run, const std::string& table,
                        std::optional<std::int64_t> asked) {
  const std::vector<std::int64_t> steps =
      run.has_group(table) ? committed_steps(run, run.group(table)) : std::vector<std::int64_t>{};
  if (steps.empty())
    throw DataError(run.file() + ": keeps no " + (table == "best" ? "best " : "") +
                    "weights. Set log." + table + " in the spec and run it again.");
  const std::int64_t step = asked.value_or(steps.back());
  const auto found = std::find(steps.begin(), steps.end(), step);
  if (found == steps.end()) throw_no_weights(run.file(), steps, step);
  return static_cast<std::size_t>(found - steps.begin());
}

// The weights of each player in a row of a table.
std::map<std::string, std::vector<NamedTensor>> read_weights(const hdf5::Group& table,
                                                             std::size_t row) {
  std::map<std::string, std::vector<NamedTensor>> players;
  for (const std::string& path : table.datasets_below()) {
    const std::size_t slash = path.find('/');
    if (slash == std::string::npos) continue;
    const hdf5::Dataset dataset = table.dataset(path);
    if (dataset.is_scale()) continue;
    if (dataset.shape().empty())
      throw DataError(table.file() + ": " + dataset.path() + ": expected a row for each step.");
    dataset.require_written(row + 1);
    NamedTensor tensor{path.substr(slash + 1), dataset.shape(), {}};
    tensor.shape.erase(tensor.shape.begin());
    std::size_t count = 1;
    for (const std::uint64_t size : tensor.shape) count *= size;
    tensor.bytes.resize(count * sizeof(Scalar));
    dataset.read_rows(row, 1, kScalarElement, tensor.bytes.data());
    players[path.substr(0, slash)].push_back(std::move(tensor));
  }
  return players;
}

}  // namespace

std::vector<std::string> export_run(const ExportOptions& options) {
  const hdf5::File run = open_run(options.run);
  const std::string weights = options.best ? "best" : "weights";
  const std::size_t row = weights_row(run, weights, options.step);
  const std::int64_t step = committed_steps(run, run.group(weights))[row];
  std::error_code error;
  std::filesystem::create_directories(options.folder, error);
  if (error) throw DataError(options.folder + ": cannot be made: " + error.message() + ".");
  std::vector<std::string> files;
  for (const std::string& path : series_tables(run)) {
    const hdf5::Group table = run.group(path);
    std::string name = path + ".csv";
    std::replace(name.begin(), name.end(), '/', '-');
    files.push_back(options.folder + "/" + name);
    replace_durably(files.back(), {table_csv(table, committed_steps(run, table))});
  }
  for (const auto& [player, tensors] : read_weights(run.group(weights), row)) {
    files.push_back(options.folder + "/" + player + ".safetensors");
    write_safetensors(files.back(), tensors, sizeof(Scalar),
                      {{"step", std::to_string(step)}, {"made_by", "saddle " SADDLE_VERSION}});
  }
  return files;
}

}  // namespace saddle
