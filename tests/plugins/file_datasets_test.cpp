#include <saddle/base/error.hpp>

#include "error_text.hpp"
#include "io/hdf5.hpp"
#include "plugins/make_plugin.hpp"
#include "temporary_folder.hpp"

#include <png.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <cmath>
#include <filesystem>
#include <system_error>

using namespace saddle;
using namespace saddle::test;
using saddle::testing::error_text;
using saddle::testing::TemporaryFolder;

namespace {

std::string big_endian(std::uint32_t size) {
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8) text += static_cast<char>(size >> shift & 255);
  return text;
}

// Two digits of 1 x 2 pixels, a 3 and a 7.
void write_digits(const TemporaryFolder& folder, const std::string& labels = {3, 7}) {
  folder.file("images", std::string("\0\0\x08\x03", 4) + big_endian(2) + big_endian(1) +
                            big_endian(2) + std::string("\x00\xff\x33\x66", 4));
  folder.file("labels", std::string("\0\0\x08\x01", 4) +
                            big_endian(static_cast<std::uint32_t>(labels.size())) + labels);
}

void write_gray(const std::string& path, png_uint_32 width,
                const std::vector<std::uint8_t>& bytes) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = width;
  image.height = 1;
  image.format = PNG_FORMAT_GRAY;
  REQUIRE(png_image_write_to_file(&image, path.c_str(), 0, bytes.data(), 0, nullptr) != 0);
}

const Entries kDigits = {{"images", text("images")},
                         {"labels", text("labels")},
                         {"points", text("50")},
                         {"scale", text("unit")}};

}  // namespace

TEST_CASE("Stacked digits: each channel is a digit, the class is the number that they make") {
  const TemporaryFolder folder;
  write_digits(folder);
  const auto data = make_dataset("stacked-mnist", kDigits, {folder.file("")});
  CHECK(data->sample_shape() == Shape{1, 2, 3});
  CHECK(data->size(Split::train) == 50);
  CHECK(data->classes() == 1000);
  Indices all(50);
  for (std::size_t i = 0; i < 50; ++i) all[i] = i;
  const Tensor x = data->samples(Split::train, all);
  const Labels labels = data->labels(Split::train, all);
  bool mixed = false;
  for (std::size_t i = 0; i < 50; ++i) {
    std::int32_t number = 0;
    for (std::size_t channel = 0; channel < 3; ++channel) {
      // The 3 begins with a black pixel, the 7 with 0x33.
      const bool is_three = x(i, 0, 0, channel) == 0;
      CHECK(x(i, 0, 1, channel) == Approx(is_three ? 1 : 0x66 / 255.0));
      number = 10 * number + (is_three ? 3 : 7);
    }
    CHECK(labels[i] == number);
    mixed = mixed || (number != 333 && number != 777);
  }
  CHECK(mixed);
}

TEST_CASE("Stacked digits refuse labels that are no digits, or too few") {
  const TemporaryFolder folder;
  const auto complaint = [&](const std::string& labels) {
    write_digits(folder, labels);
    return error_text<DataError>(
        [&] { make_dataset("stacked-mnist", kDigits, {folder.file("")}); });
  };
  CHECK(complaint({3, 12}) == "labels: expected digits 0 to 9, found 12.");
  CHECK(complaint({3}) == "labels: expected a label for each of 2 images.");
}

TEST_CASE("A folder of images, with and without classes") {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder.file("set/a"));
  std::filesystem::create_directories(folder.file("set/b"));
  write_gray(folder.file("set/a/1.png"), 2, {0, 255});
  write_gray(folder.file("set/b/0.png"), 2, {255, 51});
  const auto data =
      make_dataset("png", {{"path", text("set")}, {"classes", text("true")}}, {folder.file("")});
  CHECK(data->sample_shape() == Shape{1, 2, 1});
  CHECK(data->labels(Split::train, {0, 1}) == Labels{0, 1});
  CHECK(elements(first(*data, Split::train, 1)) == std::vector<Scalar>{-1, 1});

  const auto open = [&](const std::string& path) {
    return error_text<DataError>([&] {
      make_dataset("png", {{"path", text(path)}}, {folder.file("")});
    });
  };
  CHECK(open("set") == folder.file("set") + ": there are no files *.png in it.");
  CHECK(open("set/a/1.png") == folder.file("set/a/1.png") + ": expected a folder of PNG images.");
  write_gray(folder.file("set/a/2.png"), 3, {0, 1, 2});
  CHECK(open("set/a") == folder.file("set/a/2.png") +
                             ": expected an image of [height, width, channels] [1, 2, 1] as the "
                             "first one, found [1, 3, 1].");
}

TEST_CASE("Images that make too many numbers are refused before the second is read") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder.file("set"));
  constexpr std::size_t kWidth = std::size_t{1} << 19;
  write_gray(folder.file("set/0.png"), kWidth, std::vector<std::uint8_t>(kWidth));
  for (int i = 1; i <= 8192; ++i) folder.file("set/" + std::to_string(i) + ".png", "");
  CHECK(error_text<DataError>([&] {
          make_dataset("png", {{"path", text("set")}}, {folder.file("")});
        }) ==
        folder.file("set") +
            ": its 8193 images of [height, width, channels] [1, 524288, 1] make more than "
            "4294967296 numbers, the most that is read. Take fewer of them, or smaller ones.");
}

TEST_CASE("A class folder that cannot be read is named") {
  namespace fs = std::filesystem;
  const TemporaryFolder folder;
  fs::create_directories(folder.file("set/a"));
  write_gray(folder.file("set/a/0.png"), 1, {0});
  const auto complaint = [&] {
    return error_text<DataError>([&] {
      make_dataset("png", {{"path", text("set")}, {"classes", text("true")}}, {folder.file("")});
    });
  };
  fs::create_symlink("nowhere", folder.file("set/dangling"));
  CHECK(complaint() == "(no error)");
  const std::string behind = ". Check its permissions and links.";
  fs::create_symlink("b", folder.file("set/b"));
  CHECK(complaint() ==
        folder.file("set/b") + ": cannot be read as a folder: " +
            std::make_error_code(std::errc::too_many_symbolic_link_levels).message() + behind);
  fs::remove(folder.file("set/b"));
  fs::create_directory(folder.file("set/b"));
  fs::permissions(folder.file("set/b"), fs::perms::none);
  // The superuser may read it all the same.
  if (geteuid() != 0)
    CHECK(complaint() == folder.file("set/b") + ": cannot be read as a folder: " +
                             std::make_error_code(std::errc::permission_denied).message() + behind);
}

TEST_CASE("Samples from an HDF5 file, and what is none") {
  const TemporaryFolder folder;
  {
    hdf5::File file = hdf5::File::create(folder.file("x.h5"), "x.h5");
    hdf5::Dataset x = file.create_array("train/x", hdf5::Element::float32, {3, 2});
    const std::vector<float> values = {1, 2, 3, 4, 5, 6};
    x.write(hdf5::Element::float32, values.data());
    hdf5::Dataset hole = file.create_array("train/hole", hdf5::Element::float32, {2, 2});
    const std::vector<float> broken = {1, 2, 3, std::nanf("")};
    hole.write(hdf5::Element::float32, broken.data());
    hdf5::Dataset y = file.create_array("train/y", hdf5::Element::float32, {2});
    y.write(hdf5::Element::float32, values.data());
    file.create_scalar("text", std::string("no numbers"));
  }
  const auto open = [&](const std::string& dataset) {
    return make_dataset("hdf5", {{"path", text("x.h5")}, {"dataset", text(dataset)}},
                        {folder.file("")});
  };
  const auto complaint = [&](const std::string& dataset) {
    return error_text<DataError>([&] { open(dataset); });
  };
  const auto data = open("train/x");
  CHECK(data->sample_shape() == Shape{2});
  CHECK(elements(first(*data, Split::train, 3)) == std::vector<Scalar>{1, 2, 3, 4, 5, 6});
  CHECK(complaint("train/hole") ==
        "x.h5:train/hole: the number at [1, 1] is not finite. Mend it, "
        "or leave its sample out.");
  CHECK(complaint("absent") == folder.file("x.h5") + ": there is no dataset 'absent' in it.");
  CHECK(complaint("train") == folder.file("x.h5") + ": there is no dataset 'train' in it.");
  CHECK(complaint("text").find("expected numbers, found text") != std::string::npos);
  CHECK(error_text<DataError>([&] {
          make_dataset(
              "hdf5",
              {{"path", text("x.h5")}, {"dataset", text("train/x")}, {"labels", text("train/y")}},
              {folder.file("")});
        }) == "x.h5:train/y: expected one label for each of 3 samples, found 2.");
  folder.file("rubbish.h5", "no HDF5 at all");
  CHECK(error_text<DataError>([&] {
          make_dataset("hdf5", {{"path", text("rubbish.h5")}, {"dataset", text("x")}},
                       {folder.file("")});
        }).find(folder.file("rubbish.h5")) == 0);
}
