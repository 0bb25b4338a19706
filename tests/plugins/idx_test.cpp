#include <saddle/base/error.hpp>

#include "error_text.hpp"
#include "places.hpp"
#include "plugins/make_plugin.hpp"
#include "temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>

using namespace saddle;
using namespace saddle::test;
using saddle::testing::error_text;
using saddle::testing::TemporaryFolder;

namespace {

std::string idx(std::initializer_list<std::uint8_t> sizes,
                std::initializer_list<std::uint8_t> data) {
  std::string bytes("\0\0\x08", 3);
  bytes += static_cast<char>(sizes.size());
  for (const std::uint8_t size : sizes) bytes += std::string(3, '\0') + static_cast<char>(size);
  for (const std::uint8_t byte : data) bytes += static_cast<char>(byte);
  return bytes;
}

// Three training images of 1 x 2 pixels and one test image, with labels.
struct Files {
  TemporaryFolder folder;
  std::string images = folder.file("images", idx({3, 1, 2}, {0, 255, 51, 102, 1, 2}));
  std::string labels = folder.file("labels", idx({3}, {4, 0, 1}));
  std::string test_images = folder.file("test-images", idx({1, 1, 2}, {7, 8}));
  std::string test_labels = folder.file("test-labels", idx({1}, {6}));
};

template <class E>
std::string idx_error(Entries options, const std::vector<std::string>& folders = {}) {
  return error_text<E>([&] { make_dataset("idx", options, folders); });
}

// Where the published files may lie.
std::vector<std::string> data_folders() {
  std::vector<std::string> folders = {std::string(testing::kSourceFolder) + "/data"};
  if (const char* folder = std::getenv("SADDLE_DATA_DIR")) folders.insert(folders.begin(), folder);
  return folders;
}

bool found(const std::string& file) {
  for (const std::string& folder : data_folders())
    if (std::filesystem::exists(folder + "/" + file)) return true;
  return false;
}

}  // namespace

TEST_CASE("IDX images become samples [rows, columns, 1] in the stated scale") {
  const Files files;
  const auto symmetric = make_dataset("idx", {{"images", text(files.images)}});
  CHECK(symmetric->sample_shape() == Shape{1, 2, 1});
  CHECK(symmetric->size(Split::train) == 3);
  CHECK(symmetric->size(Split::test) == 0);
  CHECK(symmetric->scaling() == "x / 127.5 - 1");
  CHECK(elements(symmetric->samples(Split::train, {0, 1})) ==
        elements(tensor({4}, {-1, 1, 51 / 127.5 - 1, 102 / 127.5 - 1})));
  CHECK(symmetric->samples(Split::train, {0, 1}).shape() == Shape{2, 1, 2, 1});
  const auto unit = make_dataset("idx", {{"images", text(files.images)}, {"scale", text("unit")}});
  CHECK(unit->scaling() == "x / 255");
  CHECK(elements(unit->samples(Split::train, {0, 1})) == elements(tensor({4}, {0, 1, 0.2, 0.4})));
}

TEST_CASE("An IDX sample depends on its index alone") {
  const Files files;
  const auto data = make_dataset("idx", {{"images", text(files.images)}});
  CHECK(elements(data->samples(Split::train, {2})) ==
        elements(rows(data->samples(Split::train, {0, 2, 1}), 1, 2)));
}

TEST_CASE("IDX labels and test images belong to their split") {
  const Files files;
  const auto data = make_dataset("idx", {{"images", text(files.images)},
                                         {"labels", text(files.labels)},
                                         {"test_images", text(files.test_images)},
                                         {"test_labels", text(files.test_labels)}});
  CHECK(data->labels(Split::train, {2, 0}) == Labels{1, 4});
  CHECK(data->labels(Split::test, {0}) == Labels{6});
  // The labels of both splits count.
  CHECK(data->classes() == 7);
  CHECK(data->size(Split::test) == 1);
  CHECK(elements(data->samples(Split::test, {0})) ==
        elements(tensor({2}, {7 / 127.5 - 1, 8 / 127.5 - 1})));
}

TEST_CASE("IDX data without labels have no classes") {
  const Files files;
  const auto data = make_dataset("idx", {{"images", text(files.images)}});
  CHECK(data->classes() == 0);
  CHECK(data->labels(Split::train, {0, 1}).empty());
}

TEST_CASE("IDX data offer labels where the options name them, before any file is read") {
  CHECK(offers<kinds::dataset>("idx", {{"images", text("a")}}).empty());
  CHECK(offers<kinds::dataset>("idx", {{"images", text("a")}, {"labels", text("b")}}) ==
        std::vector<std::string>{"labels"});
}

TEST_CASE("IDX files that are not there are reported with how to get them") {
  const TemporaryFolder folder;
  const std::string places = folder.file("");
  CHECK(idx_error<DataError>({{"images", text("mnist/train-images-idx3-ubyte.gz")}}, {places}) ==
        "mnist/train-images-idx3-ubyte.gz: not found in " + places +
            ". Run data/fetch_mnist.sh, or set SADDLE_DATA_DIR to the folder that holds mnist/.");
  CHECK(idx_error<DataError>({{"images", text("scans/a.gz")}}, {places}) ==
        "scans/a.gz: not found in " + places +
            ". Check the path, or set SADDLE_DATA_DIR to the folder that it starts from.");
}

TEST_CASE("IDX files that do not belong together are refused") {
  const Files files;
  CHECK(
      idx_error<DataError>({{"images", text(files.images)}, {"labels", text(files.test_labels)}}) ==
      files.test_labels + ": expected 3 labels, as many as " + files.images +
          " has images, found 1.");
  CHECK(idx_error<DataError>({{"images", text(files.labels)}}) ==
        files.labels + ": expected images [n, rows, columns], found an array of shape [3].");
  CHECK(idx_error<DataError>({{"images", text(files.images)}, {"labels", text(files.images)}}) ==
        files.images + ": expected labels [n], found an array of shape [3, 1, 2].");
  const std::string none = files.folder.file("none", idx({0, 28, 28}, {}));
  CHECK(idx_error<DataError>({{"images", text(none)}}) ==
        none + ": expected at least one pixel, found images of shape [0, 28, 28].");
  const std::string wide = files.folder.file("wide", idx({1, 1, 3}, {1, 2, 3}));
  CHECK(idx_error<DataError>({{"images", text(files.images)}, {"test_images", text(wide)}}) ==
        wide + ": expected images of 1 x 2 pixels, like the training images, found 1 x 3.");
}

TEST_CASE("IDX options that need each other are named") {
  const Files files;
  const Value images = text(files.images), labels = text(files.labels);
  const Value test_images = text(files.test_images), test_labels = text(files.test_labels);
  CHECK(idx_error<SpecError>({{"images", images}, {"test_labels", test_labels}}) ==
        "test_labels: given without test_images. Give both, or neither.");
  CHECK(idx_error<SpecError>(
            {{"images", images}, {"labels", labels}, {"test_images", test_images}}) ==
        "labels: given without test_labels. Give both, or neither.");
  CHECK(idx_error<SpecError>(
            {{"images", images}, {"test_images", test_images}, {"test_labels", test_labels}}) ==
        "test_labels: given without labels. Give both, or neither.");
}

TEST_CASE("MNIST is read as published") {
  if (!found("mnist/train-images-idx3-ubyte.gz")) {
    WARN(
        "skipped: MNIST is not there. Run data/fetch_mnist.sh, or set SADDLE_DATA_DIR to the "
        "folder that holds mnist/.");
    return;
  }
  const auto data = make_dataset("idx",
                                 {{"images", text("mnist/train-images-idx3-ubyte.gz")},
                                  {"labels", text("mnist/train-labels-idx1-ubyte.gz")},
                                  {"test_images", text("mnist/t10k-images-idx3-ubyte.gz")},
                                  {"test_labels", text("mnist/t10k-labels-idx1-ubyte.gz")},
                                  {"scale", text("unit")}},
                                 data_folders());
  CHECK(data->sample_shape() == Shape{28, 28, 1});
  CHECK(data->size(Split::train) == 60000);
  CHECK(data->size(Split::test) == 10000);
  CHECK(data->classes() == 10);
  // The first training digit is a 5, the first test digit a 7.
  CHECK(data->labels(Split::train, {0, 1, 2, 3}) == Labels{5, 0, 4, 1});
  CHECK(data->labels(Split::test, {0, 1, 2, 3}) == Labels{7, 2, 1, 0});
  // The mean and deviation that the field quotes for the training images.
  double sum = 0, squares = 0;
  for (std::size_t begin = 0; begin < 60000; begin += 1000) {
    Indices indices(1000);
    for (std::size_t i = 0; i < 1000; ++i) indices[i] = begin + i;
    const Tensor x = data->samples(Split::train, indices);
    for (const Scalar value : x) {
      sum += double{value};
      squares += double{value} * double{value};
    }
  }
  const double n = 60000 * 784, mean = sum / n;
  CHECK(mean == Approx(0.1307).margin(5e-5));
  CHECK(std::sqrt(squares / n - mean * mean) == Approx(0.3081).margin(5e-5));
}
