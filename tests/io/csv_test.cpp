#include <saddle/base/error.hpp>
#include <saddle/io/csv.hpp>

#include "error_text.hpp"
#include "temporary_folder.hpp"

#include <catch2/catch.hpp>

using namespace saddle;
using saddle::testing::error_text;
using saddle::testing::TemporaryFolder;

namespace {

CsvTable read(const std::string& content, const CsvFormat& format = {}) {
  const TemporaryFolder folder;
  return read_csv(folder.file("t.csv", content), format);
}

// What reading says after "<path>:".
std::string complaint(const std::string& content) {
  const TemporaryFolder folder;
  const std::string path = folder.file("t.csv", content);
  const std::string text = error_text<DataError>([&] {
    const CsvTable table = read_csv(path, {});
    for (std::size_t i = 0; i < table.rows.size(); ++i) table.number(i, 0);
  });
  return text.substr(0, path.size() + 1) == path + ":" ? text.substr(path.size() + 1) : text;
}

}  // namespace

TEST_CASE("A field is a number with blanks around it and a sign before it, too") {
  CHECK(csv_number(" +1.5\t") == 1.5);
  CHECK(csv_number("-2e3") == -2000.0);
  CHECK(csv_number("inf").has_value());
  for (const char* text : {"", " ", "x", "1 2", "++1", "1.5x"}) CHECK_FALSE(csv_number(text));
}

TEST_CASE("The mark that spreadsheets begin a file with belongs to no name") {
  CHECK(read("\xEF\xBB\xBFx,y\n1,2\n").names == std::vector<std::string>{"x", "y"});
}

TEST_CASE("A table with a header, quotes, empty lines and either line ending") {
  const CsvTable table = read("x,\"y, z\"\r\n1,2\r\n\r\n\"3\",\"a \"\"b\"\"\nc\"\n");
  CHECK(table.names == std::vector<std::string>{"x", "y, z"});
  REQUIRE(table.rows.size() == 2);
  CHECK(table.rows[0] == std::vector<std::string>{"1", "2"});
  CHECK(table.rows[1] == std::vector<std::string>{"3", "a \"b\"\nc"});
  CHECK(table.lines == std::vector<std::size_t>{2, 4});
  CHECK(table.number(1, 0) == 3);
}

TEST_CASE("A table without a header numbers its columns, and the last line may lack its end") {
  const CsvTable table = read("1;2\n3;-4e1", {false, ';'});
  CHECK(table.names == std::vector<std::string>{"0", "1"});
  CHECK(table.rows.size() == 2);
  CHECK(table.number(1, table.column("1")) == -40);
}

TEST_CASE("A first row of numbers alone is no header unless it is said to be one") {
  CHECK(read("1,2\n3,4\n").rows.size() == 2);
  CHECK(read("2019,2020\n3,4\n", {true}).names == std::vector<std::string>{"2019", "2020"});
  CHECK(read("1,b\n3,4\n").names == std::vector<std::string>{"1", "b"});
}

TEST_CASE("A name that several columns have is no choice") {
  const CsvTable table = read("x,y,x\n1,2,3\n");
  CHECK(error_text<DataError>([&] { table.column("x"); }) ==
        table.path +
            ": has several columns 'x'. Rename them, or give a number from 0 where no column has "
            "it as its name.");
  CHECK(table.column("2") == 2);
}

TEST_CASE("Ragged rows, numbers that are none and open quotes are refused with their line") {
  CHECK(complaint("a,b\n1,2\n3\n") == "3: expected 2 fields as in the first row, found 1.");
  CHECK(complaint("a,b\n1,2\nnan,4\n") ==
        "3: column 'a': expected a finite number, found 'nan'. Mend the row, or leave the column "
        "out.");
  CHECK(complaint("a,b\n,2\n") ==
        "2: column 'a': expected a finite number, found ''. Mend the row, or leave the column "
        "out.");
  CHECK(complaint("a,b\n\"1,2\n3,4\n") == "2: a field begins with a quote that is never closed.");
  CHECK(complaint("\n\n") == " expected a table, found no rows.");
}

TEST_CASE("A table of too many fields is refused before it fills the memory") {
  const TemporaryFolder folder;
  const std::string path = folder.file("t.csv", "a,b\n1,2\n3,4\n");
  CHECK(error_text<DataError>([&] {
          read_csv(path, {true, ',', 5});
        }) ==
        path + ":3: the table has more than 5 fields, the most that is read. Convert it to npy.");
  CHECK(read_csv(path, {true, ',', 6}).rows.size() == 2);
}

TEST_CASE("An unknown column gets a suggestion") {
  const CsvTable table = read("height,width\n1,2\n");
  const std::string text = error_text<DataError>([&] { table.column("hight"); });
  CHECK(text ==
        table.path + ": has no column 'hight'. Did you mean 'height'? It has: height, width.");
}
