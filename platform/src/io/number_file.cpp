#include "io/number_file.hpp"

#include <saddle/base/error.hpp>
#include <saddle/io/csv.hpp>
#include <saddle/io/npy.hpp>

#include "base/child_process.hpp"
#include "base/text.hpp"
#include "io/hdf5.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <functional>
#include <numeric>
#include <optional>
#include <sstream>

namespace saddle {
namespace {

// A file and what of it is meant, after the colon behind its extension.
struct Place {
  std::string file, extension, part;
};

Place parse(const std::string& where) {
  for (const char* extension : {".npy", ".npy.gz", ".csv", ".csv.gz", ".h5", ".hdf5"}) {
    const std::size_t colon = where.find(std::string(extension) + ":");
    const std::size_t length = std::strlen(extension);
    if (colon != std::string::npos)
      return {where.substr(0, colon + length), extension, where.substr(colon + length + 1)};
    if (where.size() > length && where.compare(where.size() - length, length, extension) == 0)
      return {where, extension, ""};
  }
  throw DataError(where +
                  ": expected FILE.npy, FILE.csv, FILE.csv:COLUMN,... or FILE.h5:/DATASET, npy and "
                  "csv also with .gz behind.");
}

NumberArray read_columns(const Place& place) {
  const CsvTable table = read_csv(place.file, {});
  std::vector<std::size_t> columns;
  std::istringstream names(place.part);
  for (std::string name; std::getline(names, name, ',');) columns.push_back(table.column(name));
  for (std::size_t j = 0; place.part.empty() && j < table.names.size(); ++j) columns.push_back(j);
  NumberArray numbers{{table.rows.size(), columns.size()}, {}};
  for (std::size_t i = 0; i < table.rows.size(); ++i)
    for (const std::size_t j : columns) numbers.values.push_back(table.number(i, j));
  return numbers;
}

template <class T>
void append(std::string& bytes, const std::vector<T>& items) {
  bytes.append(reinterpret_cast<const char*>(items.data()), items.size() * sizeof(T));
}

template <class T>
void extract(const std::string& bytes, std::size_t at, std::vector<T>& items) {
  std::memcpy(items.data(), bytes.data() + at, items.size() * sizeof(T));
}

// What takes longer hangs over a damaged file, or a pipe: at most 4 GiB are read, which take a slow
// network minutes.
constexpr double kMostSeconds = 600;

// A dataset's name, and which of its records is meant: "samples/generated[-1]".
struct Address {
  std::string dataset;
  std::optional<std::int64_t> record;
};

Address parse_address(const Place& place) {
  const std::string part = place.part.substr(place.part.find_first_not_of('/'));
  const std::size_t bracket = part.rfind('[');
  if (part.back() != ']' || bracket == std::string::npos) return {part, std::nullopt};
  std::int64_t record = 0;
  const char* const end = part.data() + part.size() - 1;
  const auto read = std::from_chars(part.data() + bracket + 1, end, record);
  if (read.ec != std::errc() || read.ptr != end)
    throw DataError(place.file + ":" + place.part +
                    ": expected one record in the brackets, as [0], the first, or [-1], the last, "
                    "found '" +
                    part.substr(bracket) + "'.");
  return {part.substr(0, bracket), record};
}

// Whether it holds one record for each step, as the tables of runs do, which name their axes. What
// names none is told by the steps beside it.
bool is_of_steps(const hdf5::File& file, const hdf5::Dataset& dataset, const std::string& name) {
  const std::string scale = dataset.scale_of(0);
  if (!scale.empty()) return scale == "step";
  const std::string steps = name.substr(0, name.rfind('/') + 1) + "step";
  return file.has(steps) && !file.has_group(steps) &&
         file.dataset(steps).shape() == hdf5::Shape{dataset.shape()[0]};
}

// Records of more than one axis are samples or weights of their own, and no points.
void require_points(const hdf5::File& file, const hdf5::Dataset& dataset, const std::string& name) {
  const hdf5::Shape shape = dataset.shape();
  if (shape.size() < 3 || shape[0] == 0 || !is_of_steps(file, dataset, name)) return;
  const std::string where = file.file() + ":" + dataset.path();
  throw DataError(where + ": expected rows of numbers [n, ...], found a table " +
                  shape_text(shape) + " of " + std::to_string(shape[0]) +
                  " steps. Choose one of them, [0] the first or [-1] the last: '" + where +
                  "[-1]'.");
}

NumberArray read_record(const hdf5::Dataset& dataset, std::int64_t record) {
  hdf5::Shape shape = dataset.shape();
  const auto count = shape.empty() ? 0 : static_cast<std::int64_t>(shape[0]);
  if (record < -count || record >= count)
    throw DataError(
        dataset.file() + ":" + dataset.path() + ": expected " +
        (count == 0
             ? "records"
             : "a record from " + std::to_string(-count) + " to " + std::to_string(count - 1)) +
        ", found [" + std::to_string(record) + "] of an array of shape " + shape_text(shape) + ".");
  dataset.require_written(1);
  const auto row = static_cast<std::uint64_t>(record < 0 ? record + count : record);
  shape.erase(shape.begin());
  NumberArray array{shape, {}};
  array.values.resize(std::accumulate(shape.begin(), shape.end(), std::uint64_t{1},
                                      std::multiplies<std::uint64_t>()));
  dataset.read_rows(row, 1, hdf5::Element::float64, array.values.data());
  return array;
}

NumberArray read_at(const std::string& path, const Address& address) {
  const hdf5::File file = hdf5::File::open(path, hdf5::Access::read);
  if (!file.has(address.dataset) || file.has_group(address.dataset))
    throw DataError(path + ": there is no dataset '" + address.dataset + "' in it.");
  const hdf5::Dataset dataset = file.dataset(address.dataset);
  if (address.record) return read_record(dataset, *address.record);
  require_points(file, dataset, address.dataset);
  return {dataset.shape(), dataset.numbers()};
}

NumberArray read_dataset(const Place& place) {
  if (place.part.find_first_not_of('/') == std::string::npos)
    throw DataError(place.file + ": expected a dataset of it, as in " + place.file +
                    ":/samples/real.");
  const Address address = parse_address(place);
  // The number of axes, their sizes, then the numbers.
  const std::string bytes =
      safely_in_child(place.file,
                      [&] {
                        const NumberArray read = read_at(place.file, address);
                        std::string text;
                        append(text, std::vector<std::uint64_t>{read.shape.size()});
                        append(text, read.shape);
                        append(text, read.values);
                        return text;
                      },
                      {kMostSeconds, {}});
  std::vector<std::uint64_t> axes(1);
  extract(bytes, 0, axes);
  NumberArray array{std::vector<std::uint64_t>(axes[0]), {}};
  extract(bytes, sizeof axes[0], array.shape);
  const std::size_t header = (1 + array.shape.size()) * sizeof axes[0];
  array.values.resize((bytes.size() - header) / sizeof(double));
  extract(bytes, header, array.values);
  return array;
}

}  // namespace

NumberArray read_numbers(const std::string& where) {
  const Place place = parse(where);
  if (place.extension[1] == 'c') return read_columns(place);
  if (place.extension[1] == 'h') return read_dataset(place);
  if (!place.part.empty())
    throw DataError(where + ": an npy file holds one array. Name it without '" + place.part + "'.");
  return read_npy(place.file);
}

}  // namespace saddle
