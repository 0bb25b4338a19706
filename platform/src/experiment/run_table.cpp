#include "experiment/run_table.hpp"

#include <saddle/base/error.hpp>
#include <saddle/io/number_array.hpp>

#include <algorithm>
#include <cassert>
#include <cstring>

namespace saddle {
namespace {

using hdf5::Element;

constexpr std::uint64_t kNumbersPerChunk = 1024;
constexpr std::uint64_t kCopiedBytes = std::uint64_t{4} << 20;

hdf5::Shape sizes(const std::vector<Axis>& axes) {
  hdf5::Shape shape;
  for (const Axis& axis : axes) shape.push_back(axis.size);
  return shape;
}

void append_bytes(std::vector<std::byte>& to, const void* from, std::size_t count) {
  const auto* const begin = static_cast<const std::byte*>(from);
  to.insert(to.end(), begin, begin + count);
}

template <typename T>
void drop_front(std::vector<T>& values, std::size_t count) {
  values.erase(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(count));
}

// Rows of another size would be copied past the end of the memory for them.
void require_same_rows(const hdf5::Dataset& past, const hdf5::Dataset& present) {
  const hdf5::Shape found = past.shape(), wanted = present.shape();
  if (found.empty() ||
      !std::equal(found.begin() + 1, found.end(), wanted.begin() + 1, wanted.end()))
    throw DataError(past.file() + ": " + past.path() + ": has the shape " + shape_text(found) +
                    "; the run that goes on writes rows as in " + shape_text(wanted) + ".");
}

void copy_fixed(const hdf5::Dataset& from, hdf5::Dataset& to, Element element) {
  require_same_rows(from, to);
  const hdf5::Shape shape = to.shape();
  from.require_written(shape.at(0));
  std::uint64_t bytes = hdf5::bytes_of(element);
  for (const std::uint64_t size : shape) bytes *= size;
  std::vector<std::byte> values(bytes);
  from.read_rows(0, shape.at(0), element, values.data());
  to.write(element, values.data());
}

hdf5::Dataset create_step(hdf5::Group& group) {
  hdf5::Dataset step = group.create_rows("step", {Element::int64, {}, kNumbersPerChunk});
  step.make_scale("step");
  return step;
}

}  // namespace

RunTable::RunTable(hdf5::Group& root, const Table& table, Element element)
    : group_(root.create_group(table.path)), step_(create_step(group_)) {
  for (const Series& series : table.series) create_series(series);
  for (const Array& array : table.arrays) create_array(array, element);
  for (const Array& array : table.fixed) create_fixed(array, element);
}

void RunTable::create_series(const Series& series) {
  const Element element = series.integer ? Element::int64 : Element::float64;
  hdf5::Dataset dataset = group_.create_rows(series.name, {element, {}, kNumbersPerChunk});
  if (!series.unit.empty()) dataset.set_attribute("unit", series.unit);
  for (const auto& [name, value] : series.attributes) dataset.set_attribute(name, value);
  dataset.attach_scale(0, step_);
  series_.push_back({std::move(dataset), element, hdf5::bytes_of(element), {}});
}

void RunTable::create_array(const Array& array, Element element) {
  const hdf5::Shape row = sizes(array.axes);
  // Each chunk is written once, whole. Compression would take 50 ms for a MB of weights, which
  // shrink by a seventh.
  hdf5::Dataset dataset = group_.create_rows(array.path, {element, row, 1});
  dataset.attach_scale(0, step_);
  attach_axes(dataset, array.axes, 1);
  std::size_t bytes = hdf5::bytes_of(element);
  for (const std::uint64_t size : row) bytes *= size;
  arrays_.push_back({std::move(dataset), element, bytes, {}});
}

void RunTable::create_fixed(const Array& array, Element element) {
  hdf5::Dataset dataset = group_.create_array(array.path, element, sizes(array.axes));
  attach_axes(dataset, array.axes, 0);
  fixed_.emplace_back(std::move(dataset), element);
}

void RunTable::attach_axes(hdf5::Dataset& dataset, const std::vector<Axis>& axes,
                           unsigned first_axis) {
  std::map<std::string, int> uses;
  for (const Axis& axis : axes) {
    std::string name = axis.role + "_" + std::to_string(axis.size);
    // Readers refuse a dataset with one scale on two of its dimensions.
    const int use = ++uses[name];
    if (use > 1) name += "_" + std::to_string(use);
    auto known = dimensions_.find(name);
    if (known == dimensions_.end())
      known = dimensions_.emplace(name, group_.create_dimension(name, axis.size)).first;
    dataset.attach_scale(first_axis++, known->second);
  }
}

void RunTable::write_fixed(std::size_t index, const void* values) {
  auto& [dataset, element] = fixed_.at(index);
  dataset.write(element, values);
}

void RunTable::check_past(const hdf5::Group& past, std::uint64_t rows, std::int64_t last) const {
  const hdf5::Dataset step = past.dataset("step");
  const auto complain = [&](const std::string& found) {
    throw DataError(past.file() + ": " + past.path() + ": expected " + std::to_string(rows) +
                    " records up to step " + std::to_string(last) + ", found " + found +
                    ". The log is damaged, or of another run.");
  };
  const hdf5::Shape shape = step.shape();
  if (shape.size() != 1 || shape[0] < rows) complain("a table of the shape " + shape_text(shape));
  std::vector<std::int64_t> steps(rows);
  if (rows > 0) step.read_rows(0, rows, Element::int64, steps.data());
  for (std::size_t i = 0; i < rows; ++i)
    if (steps[i] < (i > 0 ? steps[i - 1] : 0) || steps[i] > last)
      complain("one of step " + std::to_string(steps[i]));
}

void RunTable::take_over(const hdf5::File& past, std::uint64_t rows, std::int64_t last) {
  const hdf5::Group group = past.group(group_.path().substr(1));
  check_past(group, rows, last);
  std::vector<Column*> columns;
  Column steps{group_.dataset("step"), Element::int64, sizeof(std::int64_t), {}};
  for (auto* const kind : {&series_, &arrays_})
    for (Column& column : *kind) columns.push_back(&column);
  columns.push_back(&steps);
  for (Column* const column : columns) {
    const hdf5::Dataset from = past.dataset(column->dataset.path().substr(1));
    require_same_rows(from, column->dataset);
    if (rows > 0) from.require_written(1);
    const std::uint64_t block = std::max<std::uint64_t>(1, kCopiedBytes / column->row_bytes);
    std::vector<std::byte> bytes(column->row_bytes * std::min(block, rows));
    for (std::uint64_t first = 0; first < rows; first += block) {
      const std::uint64_t count = std::min(block, rows - first);
      from.read_rows(first, count, column->element, bytes.data());
      column->dataset.write_rows(first, count, column->element, bytes.data());
    }
  }
  for (auto& [dataset, element] : fixed_)
    copy_fixed(past.dataset(dataset.path().substr(1)), dataset, element);
  written_ = rows;
}

void RunTable::append(std::int64_t step, const PoolVector<double>& series,
                      const PoolVector<const void*>& arrays) {
  assert(series.size() == series_.size() && arrays.size() == arrays_.size());
  assert(waiting_steps_.empty() || waiting_steps_.back() <= step);
  for (std::size_t i = 0; i < series_.size(); ++i) {
    Column& column = series_[i];
    const auto integer =
        static_cast<std::int64_t>(column.element == Element::int64 ? series[i] : 0);
    append_bytes(column.waiting,
                 column.element == Element::int64 ? static_cast<const void*>(&integer) : &series[i],
                 column.row_bytes);
  }
  for (std::size_t i = 0; i < arrays_.size(); ++i)
    append_bytes(arrays_[i].waiting, arrays[i], arrays_[i].row_bytes);
  waiting_steps_.push_back(step);
}

void RunTable::release() {
  dimensions_.clear();
  fixed_.clear();
  for (auto* const columns : {&series_, &arrays_})
    for (Column& column : *columns) column.dataset.close();
  step_.close();
  group_.close();
}

void RunTable::reopen(const hdf5::Group& root) {
  const auto same = [&](const hdf5::Object& object) { return object.path().substr(1); };
  for (auto* const columns : {&series_, &arrays_})
    for (Column& column : *columns) column.dataset = root.dataset(same(column.dataset));
  step_ = root.dataset(same(step_));
  group_ = root.group(same(group_));
}

std::vector<std::size_t> RunTable::array_bytes() const {
  std::vector<std::size_t> bytes;
  for (const Column& array : arrays_) bytes.push_back(array.row_bytes);
  return bytes;
}

bool RunTable::write(std::int64_t last) {
  const auto end = std::upper_bound(waiting_steps_.begin(), waiting_steps_.end(), last);
  const auto rows = static_cast<std::size_t>(end - waiting_steps_.begin());
  if (rows == 0) return false;
  for (auto* const columns : {&series_, &arrays_})
    for (Column& column : *columns)
      column.dataset.write_rows(written_, rows, column.element, column.waiting.data());
  step_.write_rows(written_, rows, Element::int64, waiting_steps_.data());
  for (auto* const columns : {&series_, &arrays_})
    for (Column& column : *columns) drop_front(column.waiting, rows * column.row_bytes);
  drop_front(waiting_steps_, rows);
  written_ += rows;
  return true;
}

}  // namespace saddle
