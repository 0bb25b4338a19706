#include "experiment/run_difference.hpp"

#include <saddle/base/error.hpp>

#include "base/text.hpp"
#include "experiment/run_file.hpp"
#include "experiment/run_layout.hpp"

#include <algorithm>
#include <cstring>

namespace saddle {
namespace {

// Row numbers in both files of the steps that both have.
struct CommonRows {
  std::vector<std::int64_t> steps;
  std::vector<std::uint64_t> first, second;
};

CommonRows common_rows(const hdf5::File& first, const hdf5::File& second, const std::string& table,
                       std::int64_t last) {
  const std::vector<std::int64_t> a = committed_steps(first, first.group(table)),
                                  b = committed_steps(second, second.group(table));
  CommonRows rows;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] > last || b[j] > last) break;
    if (a[i] == b[j]) {
      rows.steps.push_back(a[i]);
      rows.first.push_back(i++);
      rows.second.push_back(j++);
    } else {
      a[i] < b[j] ? ++i : ++j;
    }
  }
  return rows;
}

// One dataset of both files.
class Column {
 public:
  Column(const hdf5::File& first, const hdf5::File& second, const std::string& path)
      : path_("/" + path), first_(first.dataset(path)), second_(second.dataset(path)) {
    first_.require_written(1);
    const hdf5::Shape shape = first_.shape();
    row_.assign(shape.begin() + 1, shape.end());
    for (const std::uint64_t size : row_) numbers_ *= size;
    // Curves are read in one go, records of many numbers one by one.
    a_ = numbers_ == 1 ? first_.numbers() : std::vector<double>(numbers_);
    b_ = numbers_ == 1 ? second_.numbers() : std::vector<double>(numbers_);
  }

  bool comparable() const {
    const hdf5::Shape a = first_.shape(), b = second_.shape();
    return std::equal(a.begin() + 1, a.end(), b.begin() + 1, b.end());
  }

  std::optional<RunDifference> first_difference(const CommonRows& rows, std::int64_t before) {
    for (std::size_t i = 0; i < rows.steps.size() && rows.steps[i] < before; ++i) {
      const double* const a = record(first_, rows.first[i], a_);
      const double* const b = record(second_, rows.second[i], b_);
      const std::size_t at = mismatch(a, b);
      if (at < numbers_) return RunDifference{rows.steps[i], path_, place(at), a[at], b[at]};
    }
    return std::nullopt;
  }

 private:
  const double* record(const hdf5::Dataset& dataset, std::uint64_t row,
                       std::vector<double>& values) const {
    if (numbers_ == 1 && row >= values.size())
      throw DataError(dataset.file() + ": " + path_ + ": expected at least " +
                      std::to_string(row + 1) + " rows, found " + std::to_string(values.size()) +
                      ".");
    if (numbers_ == 1) return &values[row];
    dataset.read_rows(row, 1, hdf5::Element::float64, values.data());
    return values.data();
  }

  // Bits are compared, so that NaN equals itself and 0 is not -0.
  std::size_t mismatch(const double* a, const double* b) const {
    for (std::size_t i = 0; i < numbers_; ++i)
      if (std::memcmp(a + i, b + i, sizeof(double)) != 0) return i;
    return numbers_;
  }

  std::vector<std::uint64_t> place(std::size_t at) const {
    std::vector<std::uint64_t> index(row_.size());
    for (std::size_t axis = row_.size(); axis-- > 0; at /= row_[axis])
      index[axis] = at % row_[axis];
    return index;
  }

  std::string path_;
  hdf5::Dataset first_, second_;
  hdf5::Shape row_;
  std::size_t numbers_ = 1;
  std::vector<double> a_, b_;
};

std::vector<std::string> columns_of(const Table& table) {
  std::vector<std::string> names;
  for (const Series& series : table.series) names.push_back(series.name);
  for (const Array& array : table.arrays) names.push_back(array.path);
  return names;
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Tables and columns by path, without those that say how long things took.
std::vector<std::pair<std::string, std::string>> columns_of(const RunLayout& layout) {
  std::vector<std::pair<std::string, std::string>> columns;
  for (const Table& table : layout.tables)
    if (table.path != "timing")
      for (const std::string& name : columns_of(table))
        columns.emplace_back(table.path, table.path + "/" + name);
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

}  // namespace

std::string RunDifference::text() const {
  std::vector<std::string> index;
  for (const std::uint64_t i : element) index.push_back(std::to_string(i));
  return "step " + std::to_string(step) + ", " + dataset +
         (index.empty() ? "" : "[" + join(index, ", ") + "]") + ": " + number_text(first) +
         " in the first, " + number_text(second) + " in the second";
}

RunComparison compare_runs(const hdf5::File& first, const hdf5::File& second, std::int64_t last) {
  const RunLayout a = read_layout(first), b = read_layout(second);
  RunComparison result;
  result.only_first = missing(b, a);
  result.only_second = missing(a, b);
  for (const auto& [table, path] : columns_of(a)) {
    if (contains(result.only_first, "/" + path) || contains(result.only_first, "/" + table))
      continue;
    const CommonRows rows = common_rows(first, second, table, last);
    if (rows.steps.empty()) continue;
    Column column(first, second, path);
    if (!column.comparable()) {
      result.other_shape.push_back("/" + path);
      continue;
    }
    result.records += rows.steps.size();
    const auto found =
        column.first_difference(rows, result.difference ? result.difference->step : INT64_MAX);
    if (found) result.difference = found;
  }
  return result;
}

}  // namespace saddle
