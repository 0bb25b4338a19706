#include <saddle/base/error.hpp>

#include "error_text.hpp"
#include "plugins/make_plugin.hpp"
#include "temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace saddle;
using namespace saddle::test;
using saddle::testing::error_text;
using saddle::testing::TemporaryFolder;

namespace {

// Files of a folder as datasets.
struct Files {
  TemporaryFolder folder;
  std::unique_ptr<Dataset> csv(const std::string& content, Entries options) {
    folder.file("t.csv", content);
    return open("csv", options);
  }
  std::unique_ptr<Dataset> open(const std::string& name, Entries options) {
    return make_dataset(name, options, {folder.file("")});
  }
};

const Value kTable = text("t.csv");

}  // namespace

TEST_CASE("Columns of a table become samples, texts of a column become classes") {
  Files files;
  const auto data = files.csv("kind,x,y\nred,1,2\nblue,3,4\nred,5,6\n",
                              {{"path", kTable}, {"label", text("kind")}});
  CHECK(data->sample_shape() == Shape{2});
  CHECK(data->size(Split::train) == 3);
  CHECK(data->size(Split::test) == 0);
  CHECK(elements(first(*data, Split::train, 3)) == std::vector<Scalar>{1, 2, 3, 4, 5, 6});
  CHECK(data->classes() == 2);
  CHECK(data->labels(Split::train, {0, 1, 2}) == Labels{1, 0, 1});
  CHECK(offers<kinds::dataset>("csv", {{"path", kTable}}).empty());
  CHECK(offers<kinds::dataset>("csv", {{"path", kTable}, {"label", text("kind")}}) ==
        std::vector<std::string>{"labels"});
}

TEST_CASE("Measurements are no classes") {
  Files files;
  const Entries options = {{"path", kTable}, {"label", text("y")}};
  CHECK(files.csv("x,y\n1,2\n3,4.0\n", options)->classes() == 2);
  CHECK(error_text<DataError>([&] {
          files.csv("x,y\n1,2\n3,4.5\n", options);
        }).find("t.csv:3: column 'y': expected a class, a text or a whole number, found '4.5'.") !=
        std::string::npos);
}

TEST_CASE("Test samples are spaced evenly, and scaling follows the training samples alone") {
  Files files;
  const auto data =
      files.csv("x\n1\n3\n100\n1\n3\n-100\n",
                {{"path", kTable}, {"scale", text("standard")}, {"test_share", number(1.0 / 3)}});
  CHECK(elements(first(*data, Split::train, 4)) == std::vector<Scalar>{-1, 1, -1, 1});
  CHECK(elements(first(*data, Split::test, 2)) == std::vector<Scalar>{98, -102});
  CHECK(data->scaling() == "(x - [2]) / [1]");
}

TEST_CASE("Numbers are scaled to [0, 1] and [-1, 1] by one line") {
  Files files;
  const auto unit = files.csv("x,y\n0,10\n5,2\n", {{"path", kTable}, {"scale", text("unit")}});
  CHECK(elements(first(*unit, Split::train, 2)) == std::vector<Scalar>{0, 1, 0.5, Scalar(0.2)});
  CHECK(unit->scaling() == "(x - 0) / 10");
  const auto symmetric =
      files.csv("x,y\n0,10\n5,2\n", {{"path", kTable}, {"scale", text("symmetric")}});
  CHECK(elements(first(*symmetric, Split::train, 1)) == std::vector<Scalar>{-1, 1});
  CHECK(symmetric->scaling() == "(x - 5) / 5");
}

TEST_CASE("What does not fit a dataset of a table is refused") {
  Files files;
  CHECK(error_text<DataError>([&] {
          files.csv("x,y\n", {{"path", kTable}});
        }) == "t.csv: expected samples [n, ...], found an array of shape [0, 2].");
  CHECK(error_text<SpecError>([&] {
          files.csv("x\n1\n", {{"path", kTable}, {"delimiter", text("ab")}});
        }) == "delimiter: expected one character, found 'ab'.");
  CHECK(error_text<DataError>([&] {
          files.open("npy", {{"path", text("absent.npy")}});
        }) == "absent.npy: not found in " + files.folder.file("") +
                  ". Check the path, or set SADDLE_DATA_DIR to the folder that it starts from.");
}
