#include <saddle/io/csv.hpp>

#include <saddle/saddle.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

namespace {
using namespace saddle;

// Rows of a table as samples [columns].
class Csv final : public ArrayDataset {
 public:
  struct Options : ArrayOptions {
    std::string path;
    std::optional<bool> header;
    std::string delimiter = ",";
    std::vector<std::string> columns;
    std::optional<std::string> label;
    static void describe(Schema& s) {
      s.field(&Options::path, "path", "the file, gzip-compressed or not").required();
      s.field(&Options::header, "header",
              "whether the first row names the columns; by default where not all of it is numbers");
      s.field(&Options::delimiter, "delimiter", "between fields, one character; '\\t' for a tab");
      s.field(&Options::columns, "columns",
              "that make a sample, by name or by number from 0; all but the label by default");
      s.field(&Options::label, "label",
              "the column of the classes; texts are numbered in alphabetical order");
      describe_array<Options>(s);
    }
  };
  static std::vector<std::string> offers(const Options& options) {
    if (!options.label) return {};
    return {"labels"};
  }
  Csv(const Options& options, const DataSource& source)
      : Csv(options, read_csv(source.find(options.path), {options.header, delimiter(options)})) {}

 private:
  Csv(const Options& options, const CsvTable& table)
      : ArrayDataset(samples_of(options, table), labels_of(options, table), options.path, options) {
  }

  static char delimiter(const Options& options) {
    if (options.delimiter == "\\t") return '\t';
    if (options.delimiter.size() != 1 || options.delimiter == "\"" || options.delimiter == "\n")
      throw SpecError("delimiter: expected one character, found '" + options.delimiter + "'.");
    return options.delimiter[0];
  }

  static std::vector<std::size_t> columns_of(const Options& options, const CsvTable& table) {
    std::vector<std::size_t> columns;
    for (const std::string& name : options.columns) columns.push_back(table.column(name));
    if (!columns.empty()) return columns;
    for (std::size_t j = 0; j < table.names.size(); ++j)
      if (!options.label || j != table.column(*options.label)) columns.push_back(j);
    return columns;
  }

  static NumberArray samples_of(const Options& options, const CsvTable& table) {
    const std::vector<std::size_t> columns = columns_of(options, table);
    NumberArray samples{{table.rows.size(), columns.size()}, {}};
    for (std::size_t i = 0; i < table.rows.size(); ++i)
      for (const std::size_t j : columns) samples.values.push_back(table.number(i, j));
    return samples;
  }

  // Of measurements, nearly each would be a class of its own.
  static void check_class(const CsvTable& table, std::size_t row, std::size_t column) {
    const std::optional<double> number = csv_number(table.rows[row][column]);
    if (number && *number != std::floor(*number))
      throw DataError(table.path + ":" + std::to_string(table.lines[row]) + ": column '" +
                      table.names[column] +
                      "': expected a class, a text or a whole number, found '" +
                      table.rows[row][column] + "'.");
  }

  static std::vector<double> labels_of(const Options& options, const CsvTable& table) {
    if (!options.label) return {};
    const std::size_t column = table.column(*options.label);
    std::set<std::string> names;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      check_class(table, i, column);
      names.insert(table.rows[i][column]);
    }
    std::vector<double> labels;
    for (const auto& row : table.rows)
      labels.push_back(static_cast<double>(std::distance(names.begin(), names.find(row[column]))));
    return labels;
  }
};

}  // namespace

SADDLE_PLUGIN(dataset, Csv, "csv", "rows of a table of text");
