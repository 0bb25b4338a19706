#include <saddle/base/error.hpp>

#include "error_text.hpp"
#include "plugins/make_plugin.hpp"
#include "temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <cstring>
#include <limits>
#include <type_traits>

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
  // Doubles as numpy.save writes them.
  void npy(const std::string& name, const std::string& shape, const std::vector<double>& values) {
    const std::string header =
        "{'descr': '<f8', 'fortran_order': False, 'shape': " + shape + ", }\n";
    std::string bytes(values.size() * sizeof(double), '\0');
    if (!values.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
    folder.file(name, std::string("\x93NUMPY\x01\0", 8) + static_cast<char>(header.size()) + '\0' +
                          header + bytes);
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
        }) == "t.csv: has no rows; samples are needed.");
  CHECK(error_text<SpecError>([&] {
          files.csv("x\n1\n", {{"path", kTable}, {"delimiter", text("ab")}});
        }) == "delimiter: expected one character, found 'ab'.");
  CHECK(error_text<DataError>([&] {
          files.open("npy", {{"path", text("absent.npy")}});
        }) == "absent.npy: not found in " + files.folder.file("") +
                  ". Check the path, or set SADDLE_DATA_DIR to the folder that it starts from.");
}

TEST_CASE("Arrays without samples are refused") {
  Files files;
  const auto complaint = [&](const std::string& shape, const std::vector<double>& values) {
    files.npy("x.npy", shape, values);
    return error_text<DataError>([&] { files.open("npy", {{"path", text("x.npy")}}); });
  };
  CHECK(complaint("(0, 2)", {}) == "x.npy: has no rows; samples are needed.");
  CHECK(complaint("(2, 0)", {}) ==
        "x.npy: expected samples [n, ...], found an array of shape [2, 0].");
  CHECK(complaint("()", {1}) == "x.npy: expected samples [n, ...], found an array of shape [].");
}

TEST_CASE("A fault of labels names the file of the labels") {
  Files files;
  files.npy("x.npy", "(3, 1)", {1, 2, 3});
  const Entries options = {{"path", text("x.npy")}, {"labels", text("y.npy")}};
  const auto complaint = [&](const std::string& shape, const std::vector<double>& labels) {
    files.npy("y.npy", shape, labels);
    return error_text<DataError>([&] { files.open("npy", options); });
  };
  CHECK(complaint("(2,)", {0, 1}) == "y.npy: expected one label for each of 3 samples, found 2.");
  CHECK(complaint("(0,)", {}) == "y.npy: expected one label for each of 3 samples, found 0.");
  CHECK(complaint("(3,)", {0, 0.5, 1}) ==
        "y.npy: label 1: expected a class from 0 to 999999, found 0.5.");
  files.npy("y.npy", "(3,)", {0, 2, 1});
  CHECK(files.open("npy", options)->labels(Split::train, {0, 1, 2}) == Labels{0, 2, 1});
}

TEST_CASE("A number that is too large for float is told from one that is not finite") {
  Files files;
  const auto complaint = [&](double value) {
    files.npy("x.npy", "(2, 1)", {1, value});
    return error_text<DataError>([&] { files.open("npy", {{"path", text("x.npy")}}); });
  };
  CHECK(complaint(-std::numeric_limits<double>::infinity()) ==
        "x.npy: the number at [1, 0] is not finite. Mend it, or leave its sample out.");
  CHECK(complaint(-1e300) ==
        (std::is_same_v<Scalar, float>
             ? "x.npy: the number at [1, 0], -1e+300, is beyond the range of float; the largest is "
               "3.4e38. Rescale it."
             : "(no error)"));
}
