#include <saddle/io/csv.hpp>

#include <saddle/base/error.hpp>

#include "base/text.hpp"
#include "io/gzip.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace saddle {
namespace {

constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 30;

std::string place(const std::string& path, std::size_t line) {
  return path + ":" + std::to_string(line) + ": ";
}

// Takes a table apart, a character at a time.
class Parser {
 public:
  Parser(const std::string& path, const CsvFormat& format) : format_(format) { table_.path = path; }

  void take(char c) {
    if (quoted_) return take_quoted(c);
    if (c == '"' && field_.empty() && !closed_) {
      quoted_ = true;
      quote_line_ = line_;
    } else if (c == format_.delimiter) {
      end_field();
    } else if (c == '\n') {
      end_row();
      ++line_;
    } else if (c != '\r') {
      field_ += c;
    }
  }

  CsvTable finish() {
    if (quoted_ && !maybe_closed_)
      throw DataError(place(table_.path, quote_line_) +
                      "a field begins with a quote that is never closed.");
    end_row();
    if (table_.names.empty()) throw DataError(table_.path + ": expected a table, found no rows.");
    return std::move(table_);
  }

 private:
  // Within quotes: two quotes mean one, and a single one ends the field.
  void take_quoted(char c) {
    if (maybe_closed_) {
      maybe_closed_ = false;
      if (c == '"') {
        field_ += c;
        return;
      }
      quoted_ = false;
      closed_ = true;
      return take(c);
    }
    if (c == '\n') ++line_;
    if (c == '"')
      maybe_closed_ = true;
    else
      field_ += c;
  }

  void end_field() {
    if (++fields_ > format_.most_fields)
      throw DataError(place(table_.path, line_) + "the table has more than " +
                      std::to_string(format_.most_fields) +
                      " fields, the most that is read. Convert it to npy.");
    row_.push_back(std::move(field_));
    field_.clear();
    quoted_ = closed_ = maybe_closed_ = false;
  }

  void end_row() {
    if (row_.empty() && field_.empty() && !closed_ && !quoted_) {
      row_line_ = line_ + 1;
      return;
    }
    end_field();
    if (table_.names.empty()) name_columns();
    if (row_.size() != table_.names.size())
      throw DataError(place(table_.path, row_line_) + "expected " +
                      std::to_string(table_.names.size()) + " fields as in the first row, found " +
                      std::to_string(row_.size()) + ".");
    if (!row_.empty() && !is_header_) {
      table_.rows.push_back(std::move(row_));
      table_.lines.push_back(row_line_);
    }
    is_header_ = false;
    row_.clear();
    row_line_ = line_ + 1;
  }

  void name_columns() {
    // Spreadsheets begin a file of UTF-8 with this mark.
    constexpr char kByteOrderMark[] = "\xEF\xBB\xBF";
    if (row_[0].rfind(kByteOrderMark, 0) == 0) row_[0].erase(0, sizeof kByteOrderMark - 1);
    is_header_ =
        format_.header ? *format_.header : !std::all_of(row_.begin(), row_.end(), csv_number);
    for (std::size_t i = 0; i < row_.size(); ++i)
      table_.names.push_back(is_header_ ? row_[i] : std::to_string(i));
  }

  CsvFormat format_;
  CsvTable table_;
  std::vector<std::string> row_;
  std::string field_;
  // maybe_closed_: the last character was a quote that may be the first of two.
  bool quoted_ = false, closed_ = false, maybe_closed_ = false, is_header_ = false;
  std::size_t line_ = 1, row_line_ = 1, quote_line_ = 1, fields_ = 0;
};

}  // namespace

std::size_t CsvTable::column(const std::string& name) const {
  const auto found = std::find(names.begin(), names.end(), name);
  if (std::count(found, names.end(), name) > 1)
    throw DataError(path + ": has several columns '" + name +
                    "'. Rename them, or give a number from 0 where no column has it as its name.");
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (error == std::errc() && end == name.data() + name.size() && number < names.size())
    return number;
  throw DataError(path + ": has no column '" + name + "'." + suggestion(name, names) +
                  " It has: " + join(names, ", ") + ".");
}

std::optional<double> csv_number(const std::string& field) {
  const std::size_t first = field.find_first_not_of(" \t"), last = field.find_last_not_of(" \t");
  if (first == std::string::npos) return std::nullopt;
  const char *begin = field.data() + first + (field[first] == '+' ? 1 : 0),
             *stop = field.data() + last + 1;
  double value = 0;
  const auto [end, error] = std::from_chars(begin, stop, value);
  return error == std::errc() && end == stop ? std::optional(value) : std::nullopt;
}

double CsvTable::number(std::size_t row, std::size_t column) const {
  const std::string& field = rows[row][column];
  const std::optional<double> value = csv_number(field);
  if (value && std::isfinite(*value)) return *value;
  throw DataError(place(path, lines[row]) + "column '" + names[column] +
                  "': expected a finite number, found '" + field.substr(0, 40) +
                  "'. Mend the row, or leave the column out.");
}

CsvTable read_csv(const std::string& path, const CsvFormat& format) {
  ByteSource source(path);
  Parser parser(path, format);
  std::array<char, 65536> block;
  std::size_t got = 0;
  do {
    got = source.read(block.data(), block.size());
    for (std::size_t i = 0; i < got; ++i) parser.take(block[i]);
    if (source.position() > kMostBytes)
      throw DataError(path + ": is larger than 1 GiB, the most that is read. Convert it to npy.");
  } while (got == block.size());
  return parser.finish();
}

}  // namespace saddle
