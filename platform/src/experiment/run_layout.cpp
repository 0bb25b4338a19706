#include "experiment/run_layout.hpp"

#include <saddle/base/error.hpp>

#include "experiment/run_file.hpp"

#include <algorithm>

namespace saddle {
namespace {

// HDF5's own attributes of dimensions.
bool is_own(const std::string& attribute) {
  return attribute == "DIMENSION_LIST" || attribute == "REFERENCE_LIST" || attribute == "CLASS" ||
         attribute == "NAME" || attribute.rfind("_Netcdf4", 0) == 0;
}

Series read_series(const std::string& name, const hdf5::Dataset& dataset) {
  Series series{name, "", {}, dataset.element() == hdf5::Element::int64};
  for (const std::string& attribute : dataset.attribute_names()) {
    if (is_own(attribute)) continue;
    const hdf5::Scalar value = dataset.attribute(attribute);
    const auto* const text = std::get_if<std::string>(&value);
    if (attribute == "unit" && text)
      series.unit = *text;
    else
      series.attributes.emplace_back(attribute, value);
  }
  return series;
}

// "sample" of "sample_2500" and of "tap_3_2".
Axis read_axis(const hdf5::Dataset& dataset, unsigned axis, std::uint64_t size) {
  const std::string scale = dataset.scale_of(axis);
  const auto end = scale.rfind("_" + std::to_string(size));
  if (end == std::string::npos)
    throw DataError(dataset.file() + ": " + dataset.path() + ": dimension " + std::to_string(axis) +
                    " has no scale of its size.");
  return {scale.substr(0, end), size};
}

Array read_array(const std::string& path, const hdf5::Dataset& dataset, unsigned first_axis) {
  Array array{path, {}};
  const hdf5::Shape shape = dataset.shape();
  for (unsigned axis = first_axis; axis < shape.size(); ++axis)
    array.axes.push_back(read_axis(dataset, axis, shape[axis]));
  return array;
}

// Reads the datasets of a table, those of the groups below it included.
class TableReader {
 public:
  explicit TableReader(Table& table) : table_(table) {}

  void read(const hdf5::Group& group) {
    for (const std::string& path : group.datasets_below())
      if (path != "step") add(path, group.dataset(path));
  }
  const std::vector<hdf5::Element>& elements() const { return elements_; }

 private:
  void add(const std::string& path, const hdf5::Dataset& dataset) {
    if (dataset.is_scale()) return;
    const std::uint64_t rows = dataset.chunk_rows();
    if (rows > 1 && dataset.shape().size() == 1) {
      table_.series.push_back(read_series(path, dataset));
      return;
    }
    (rows > 0 ? table_.arrays : table_.fixed).push_back(read_array(path, dataset, rows > 0));
    elements_.push_back(dataset.element());
  }

  Table& table_;
  std::vector<hdf5::Element> elements_;
};

// The groups that have steps and lie in no other such group.
std::vector<std::string> find_tables(const hdf5::File& run) {
  const std::string ending = "/step";
  std::vector<std::string> groups, tables;
  for (const std::string& path : run.datasets_below())
    if (path.size() > ending.size() && path.substr(path.size() - ending.size()) == ending &&
        run.dataset(path).chunk_rows() > 0)
      groups.push_back(path.substr(0, path.size() - ending.size()));
  for (const std::string& group : groups)
    if (std::none_of(groups.begin(), groups.end(), [&](const std::string& other) {
          return group.compare(0, other.size() + 1, other + "/") == 0;
        }))
      tables.push_back(group);
  return tables;
}

std::uint64_t row_count(const hdf5::Dataset& dataset) {
  const hdf5::Shape shape = dataset.shape();
  if (shape.empty())
    throw DataError(dataset.file() + ": " + dataset.path() +
                    ": expected one value for each row, found a single one.");
  return shape[0];
}

// An event that ends a run stands at a step that is committed already, so that a kill may leave its
// row without some of its columns.
void add_rows(const hdf5::File& run, const Table& table, RunLayout& layout) {
  const hdf5::Group group = run.group(table.path);
  std::uint64_t rows = committed_steps(run, group).size();
  for (const Series& series : table.series)
    rows = std::min(rows, row_count(group.dataset(series.name)));
  for (const Array& array : table.arrays)
    rows = std::min(rows, row_count(group.dataset(array.path)));
  layout.rows.push_back(rows);
  layout.present.push_back(row_count(group.dataset("step")));
}

}  // namespace

RunLayout read_layout(const hdf5::File& run) {
  RunLayout layout{{}, hdf5::Element::float32, committed_step(run), {}, {}};
  std::vector<hdf5::Element> elements;
  for (const std::string& path : find_tables(run)) {
    if (path == "events") continue;
    Table table{path, {}, {}, {}};
    TableReader reader(table);
    reader.read(run.group(path));
    elements.insert(elements.end(), reader.elements().begin(), reader.elements().end());
    add_rows(run, table, layout);
    layout.tables.push_back(std::move(table));
  }
  add_rows(run, {"events", {{"kind", ""}, {"from_step", ""}}, {}, {}}, layout);
  if (!elements.empty()) layout.element = elements.front();
  for (const hdf5::Element element : elements)
    if (element != layout.element)
      throw DataError(run.file() + ": expected arrays of one type, found several.");
  return layout;
}

}  // namespace saddle
