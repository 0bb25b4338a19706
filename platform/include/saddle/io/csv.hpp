#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace saddle {

struct CsvFormat {
  // Whether the first row names the columns; by default where it is not made of numbers alone.
  std::optional<bool> header;
  char delimiter = ',';
  std::size_t most_fields = 20000000;  // a file that inflates without end must not fill the memory
};

// A table of text as RFC 4180 has it: rows end with a line, fields may stand in double quotes, in
// which two quotes mean one.
struct CsvTable {
  std::string path;
  std::vector<std::string> names;              // "0", "1", ... without a header
  std::vector<std::vector<std::string>> rows;  // each of names.size() fields
  std::vector<std::size_t> lines;              // where each row begins, from 1

  // The number of a column by its name, or, where none has it, by its number from 0. Throws
  // DataError where there is none, or where several have the name.
  std::size_t column(const std::string& name) const;
  // A field as a finite number. Throws DataError with line and column.
  double number(std::size_t row, std::size_t column) const;
};

// A field that is one number, blanks around it and a sign before it allowed; also NaN or infinite.
std::optional<double> csv_number(const std::string& field);

// Reads a table, gzip-compressed or not; empty lines are passed over. Throws DataError with the
// line for rows of different length, quotes that are never closed, and tables of more than
// `most_fields` fields or 1 GiB.
CsvTable read_csv(const std::string& path, const CsvFormat& format);

}  // namespace saddle
