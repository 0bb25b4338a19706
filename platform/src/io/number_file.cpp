#include "io/number_file.hpp"

#include <saddle/base/error.hpp>
#include <saddle/io/csv.hpp>
#include <saddle/io/hdf5_array.hpp>
#include <saddle/io/npy.hpp>

#include "base/child_process.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <cstring>
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

NumberArray read_dataset(const Place& place) {
  if (place.part.find_first_not_of('/') == std::string::npos)
    throw DataError(place.file + ": expected a dataset of it, as in " + place.file +
                    ":/samples/real.");
  const std::string dataset = place.part.substr(place.part.find_first_not_of('/'));
  // The number of axes, their sizes, then the numbers.
  const std::string bytes =
      safely_in_child(place.file,
                      [&] {
                        const NumberArray read = read_hdf5(place.file, dataset);
                        std::string text;
                        append(text, std::vector<std::uint64_t>{read.shape.size()});
                        append(text, read.shape);
                        append(text, read.values);
                        return text;
                      },
                      {});
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
