#include <saddle/io/csv.hpp>

#include "fuzz/input_file.hpp"

using namespace saddle;

namespace {

void read_numbers(const CsvTable& table) {
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    if (table.rows[row].size() != table.names.size()) std::abort();
    for (std::size_t column = 0; column < table.names.size(); ++column)
      fuzz::try_to([&] { table.number(row, column); });
  }
}

}  // namespace

// The last byte chooses the format, so that the rest of an input is a table as it is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::InputFile file;
  if (size == 0) return 0;
  constexpr char kDelimiters[] = {',', ';', '\t', ' '};
  CsvFormat format;
  format.header = data[size - 1] % 2 == 0;
  format.delimiter = kDelimiters[data[size - 1] / 2 % 4];
  if (data[size - 1] / 8 % 4 == 0) format.most_fields = 20;
  return fuzz::try_to([&] {
    const CsvTable table = read_csv(file.holding(fuzz::view(data, size - 1)), format);
    // Enough of a table: an exception for each field that is no number costs most of the time.
    if (table.rows.size() * table.names.size() <= 20) read_numbers(table);
    fuzz::try_to([&] { table.column(table.rows.empty() ? "" : table.rows[0][0]); });
  });
}
