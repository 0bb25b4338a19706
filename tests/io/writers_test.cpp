#include <saddle/base/error.hpp>
#include <saddle/io/npy.hpp>

#include "error_text.hpp"
#include "io/npy_writer.hpp"
#include "io/png_writer.hpp"
#include "temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <filesystem>

using namespace saddle;
using saddle::testing::error_text;
using saddle::testing::TemporaryFolder;

TEST_CASE("An npy file that was written piece by piece reads back, floats and doubles") {
  const TemporaryFolder folder;
  const std::string path = folder.file("x.npy");
  {
    NpyWriter writer(path, {3, 2}, sizeof(float));
    const float first[] = {1, -2, 0.5F, 3}, second[] = {1e-30F, 4};
    writer.write(first, 4);
    writer.write(second, 2);
    CHECK_FALSE(std::filesystem::exists(path));
    writer.finish();
  }
  const NumberArray floats = read_npy(path);
  CHECK(floats.shape == std::vector<std::uint64_t>{3, 2});
  CHECK(floats.values == std::vector<double>{1, -2, 0.5, 3, double{1e-30F}, 4});
  NpyWriter writer(path, {1}, sizeof(double));
  const double tenth = 0.1;
  writer.write(&tenth, 1);
  writer.finish();
  CHECK(read_npy(path).values == std::vector<double>{0.1});
}

TEST_CASE("The data of an npy file begin at a multiple of 64 bytes") {
  const TemporaryFolder folder;
  for (std::uint64_t size = 1; size < 1000000; size *= 10) {
    NpyWriter writer(folder.file("x.npy"), {0, size}, 4);
    writer.finish();
    CHECK(std::filesystem::file_size(folder.file("x.npy")) % 64 == 0);
  }
}

TEST_CASE("An npy file that is not finished leaves what was there before") {
  const TemporaryFolder folder;
  const std::string path = folder.file("x.npy", "before");
  {
    NpyWriter writer(path, {2}, 4);
    const float one = 1;
    writer.write(&one, 1);
  }
  CHECK(std::filesystem::file_size(path) == 6);
  CHECK_FALSE(std::filesystem::exists(path + ".partial"));
}

TEST_CASE("A file that cannot be written is a data error") {
  const TemporaryFolder folder;
  const std::string path = folder.file("no/x");
  CHECK(error_text<DataError>([&] { NpyWriter(path, {1}, 4); }) ==
        path + ": cannot be written: No such file or directory.");
  CHECK(error_text<DataError>([&] {
          write_png(path, {1, 1, 1, {0}});
        }) == path + ": cannot be created: No such file or directory.");
}

TEST_CASE("A PNG image reads back, gray and in colours") {
  const TemporaryFolder folder;
  const std::string path = folder.file("x.png");
  for (const Image& image :
       {Image{2, 3, 1, {0, 50, 100, 150, 200, 255}}, Image{1, 2, 3, {0, 50, 100, 150, 200, 255}}}) {
    write_png(path, image);
    const Image read = read_png(path);
    CHECK(read.height == image.height);
    CHECK(read.width == image.width);
    CHECK(read.channels == image.channels);
    CHECK(read.bytes == image.bytes);
  }
  CHECK_FALSE(std::filesystem::exists(path + ".partial"));
}
