#include "experiment/run_difference.hpp"

#include <saddle/base/error.hpp>

#include "base/text.hpp"
#include "experiment/run_file.hpp"
#include "experiment/run_layout.hpp"

#include <algorithm>
#include <cstring>

namespace saddle {
namespace {

// Row numbers in both files of the steps that both have, and the steps that one alone has.
struct TableRows {
  std::vector<std::int64_t> steps;
  std::vector<std::uint64_t> first, second;
  std::vector<std::int64_t> only_first, only_second;
};

std::vector<std::int64_t> steps_up_to(std::int64_t last, const hdf5::File& run,
                                      const std::string& table) {
  std::vector<std::int64_t> steps = committed_steps(run, run.group(table));
  const auto is_later = [&](std::int64_t step) { return step > last; };
  steps.erase(std::find_if(steps.begin(), steps.end(), is_later), steps.end());
  return steps;
}

TableRows match_rows(const hdf5::File& first, const hdf5::File& second, const std::string& table,
                     std::int64_t last) {
  const std::vector<std::int64_t> a = steps_up_to(last, first, table),
                                  b = steps_up_to(last, second, table);
  TableRows rows;
  for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();) {
    if (j == b.size() || (i < a.size() && a[i] < b[j])) {
      rows.only_first.push_back(a[i++]);
    } else if (i == a.size() || b[j] < a[i]) {
      rows.only_second.push_back(b[j++]);
    } else {
      rows.steps.push_back(a[i]);
      rows.first.push_back(i++);
      rows.second.push_back(j++);
    }
  }
  return rows;
}

// Bits are compared, so that NaN equals itself and 0 is not -0.
std::size_t mismatch(const double* a, const double* b, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i)
    if (std::memcmp(a + i, b + i, sizeof(double)) != 0) return i;
  return count;
}

std::vector<std::uint64_t> place(std::size_t at, const hdf5::Shape& shape) {
  std::vector<std::uint64_t> index(shape.size());
  for (std::size_t axis = shape.size(); axis-- > 0; at /= shape[axis])
    index[axis] = at % shape[axis];
  return index;
}

// Fixed arrays are the datasets that do not grow.
bool is_fixed(const hdf5::Dataset& dataset) { return dataset.chunk_rows() == 0; }

// Of the records: two runs need not have as many.
bool same_shape(const hdf5::Dataset& first, const hdf5::Dataset& second) {
  if (is_fixed(first) != is_fixed(second)) return false;
  const hdf5::Shape a = first.shape(), b = second.shape();
  const std::ptrdiff_t axis = is_fixed(first) ? 0 : 1;
  return std::equal(a.begin() + axis, a.end(), b.begin() + axis, b.end());
}

std::optional<RunDifference> fixed_difference(const hdf5::Dataset& first,
                                              const hdf5::Dataset& second) {
  const std::vector<double> a = first.numbers(), b = second.numbers();
  const std::size_t at = mismatch(a.data(), b.data(), a.size());
  if (at == a.size()) return std::nullopt;
  return RunDifference{0, first.path(), place(at, first.shape()), a[at], b[at]};
}

// A dataset that grows in both files, of records of one shape.
class Column {
 public:
  Column(const hdf5::Dataset& first, const hdf5::Dataset& second) : first_(first), second_(second) {
    first_.require_written(1);
    const hdf5::Shape shape = first_.shape();
    row_.assign(shape.begin() + 1, shape.end());
    for (const std::uint64_t size : row_) numbers_ *= size;
    // Curves are read in one go, records of many numbers one by one.
    a_ = numbers_ == 1 ? first_.numbers() : std::vector<double>(numbers_);
    b_ = numbers_ == 1 ? second_.numbers() : std::vector<double>(numbers_);
  }

  std::optional<RunDifference> first_difference(const TableRows& rows, std::int64_t before) {
    for (std::size_t i = 0; i < rows.steps.size() && rows.steps[i] < before; ++i) {
      const double* const a = record(first_, rows.first[i], a_);
      const double* const b = record(second_, rows.second[i], b_);
      const std::size_t at = mismatch(a, b, numbers_);
      if (at < numbers_)
        return RunDifference{rows.steps[i], first_.path(), place(at, row_), a[at], b[at]};
    }
    return std::nullopt;
  }

 private:
  const double* record(const hdf5::Dataset& dataset, std::uint64_t row,
                       std::vector<double>& values) const {
    if (numbers_ == 1 && row >= values.size())
      throw DataError(dataset.file() + ": " + dataset.path() + ": expected at least " +
                      std::to_string(row + 1) + " rows, found " + std::to_string(values.size()) +
                      ".");
    if (numbers_ == 1) return &values[row];
    dataset.read_rows(row, 1, hdf5::Element::float64, values.data());
    return values.data();
  }

  const hdf5::Dataset& first_;
  const hdf5::Dataset& second_;
  hdf5::Shape row_;
  std::size_t numbers_ = 1;
  std::vector<double> a_, b_;
};

// The paths of its datasets; none where it says how long things took.
std::vector<std::string> columns_of(const Table& table) {
  if (table.path == "timing") return {};
  std::vector<std::string> paths;
  for (const Series& series : table.series) paths.push_back(table.path + "/" + series.name);
  for (const auto* const arrays : {&table.arrays, &table.fixed})
    for (const Array& array : *arrays) paths.push_back(table.path + "/" + array.path);
  return paths;
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Tables and columns by path.
std::vector<std::pair<std::string, std::string>> columns_of(const RunLayout& layout) {
  std::vector<std::pair<std::string, std::string>> columns;
  for (const Table& table : layout.tables)
    for (const std::string& path : columns_of(table)) columns.emplace_back(table.path, path);
  return columns;
}

// What `in` lacks of `from`: whole tables, or columns.
std::vector<std::string> missing(const RunLayout& in, const RunLayout& from) {
  std::vector<std::string> tables, paths, found;
  for (const auto& [table, path] : columns_of(in)) {
    tables.push_back(table);
    paths.push_back(path);
  }
  for (const auto& [table, path] : columns_of(from)) {
    const std::string& name = contains(tables, table) ? path : table;
    if (!contains(paths, path) && !contains(found, "/" + name)) found.push_back("/" + name);
  }
  return found;
}

void compare_column(const hdf5::Dataset& first, const hdf5::Dataset& second, const TableRows& rows,
                    RunComparison& result) {
  if (!same_shape(first, second)) {
    result.other_shape.push_back(first.path());
    return;
  }
  // Of a table without rows nothing was written, which a column refuses.
  if (!is_fixed(first) && rows.steps.empty()) return;
  result.records += is_fixed(first) ? 1 : rows.steps.size();
  const std::int64_t before = result.difference ? result.difference->step : INT64_MAX;
  const auto found = is_fixed(first) ? fixed_difference(first, second)
                                     : Column(first, second).first_difference(rows, before);
  if (found && found->step < before) result.difference = found;
}

void note_steps(const std::string& table, const std::vector<std::int64_t>& steps,
                std::vector<std::string>& noted) {
  if (!steps.empty())
    noted.push_back("/" + table + " (" + std::to_string(steps.size()) + ", the first " +
                    std::to_string(steps.front()) + ")");
}

void add_line(const std::string& what, const std::vector<std::string>& names,
              std::vector<std::string>& lines) {
  if (!names.empty()) lines.push_back(what + ": " + join(names, ", "));
}

}  // namespace

std::string RunDifference::text() const {
  std::vector<std::string> index;
  for (const std::uint64_t i : element) index.push_back(std::to_string(i));
  return "step " + std::to_string(step) + ", " + dataset +
         (index.empty() ? "" : "[" + join(index, ", ") + "]") + ": " + number_text(first) +
         " in the first, " + number_text(second) + " in the second";
}

std::vector<std::string> RunComparison::unmatched() const {
  std::vector<std::string> lines;
  add_line("only in the first", only_first, lines);
  add_line("only in the second", only_second, lines);
  add_line("of another shape", other_shape, lines);
  return lines;
}

std::vector<std::string> RunComparison::unmatched_steps() const {
  std::vector<std::string> lines;
  add_line("steps only in the first", steps_first, lines);
  add_line("steps only in the second", steps_second, lines);
  return lines;
}

RunComparison compare_runs(const hdf5::File& first, const hdf5::File& second, std::int64_t last) {
  const RunLayout a = read_layout(first), b = read_layout(second);
  RunComparison result;
  result.only_first = missing(b, a);
  result.only_second = missing(a, b);
  for (const Table& table : a.tables) {
    const std::vector<std::string> paths = columns_of(table);
    if (paths.empty() || contains(result.only_first, "/" + table.path)) continue;
    const TableRows rows = match_rows(first, second, table.path, last);
    note_steps(table.path, rows.only_first, result.steps_first);
    note_steps(table.path, rows.only_second, result.steps_second);
    for (const std::string& path : paths)
      if (!contains(result.only_first, "/" + path))
        compare_column(first.dataset(path), second.dataset(path), rows, result);
  }
  return result;
}

}  // namespace saddle
