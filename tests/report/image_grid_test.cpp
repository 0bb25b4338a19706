#include "report/image_grid.hpp"

#include <saddle/base/error.hpp>

#include "error_text.hpp"

#include <catch2/catch.hpp>

using namespace saddle;
using saddle::testing::error_text;

using Bytes = std::vector<std::uint8_t>;

TEST_CASE("Images lie line by line, levels between the ends of the data") {
  // Three images [1, 2, 1] in two columns; the fourth place stays black.
  ImageGrid grid({1, 2, 1}, 3, 2, -1, 1);
  grid.add(0, tensor({2, 1, 2, 1}, {-1, 1, 0, 5}));
  grid.add(2, tensor({1, 1, 2, 1}, {-9, 0.5}));
  CHECK(grid.picture().height == 2);
  CHECK(grid.picture().width == 4);
  // (0 + 1) / 2 * 255 = 127.5 and 191.25, rounded.
  CHECK(grid.picture().bytes == Bytes{0, 255, 128, 255, 0, 191, 0, 0});
}

TEST_CASE("Rows and colours of an image stay together") {
  ImageGrid grid({2, 1, 3}, 2, 2, 0, 255);
  grid.add(0, tensor({2, 2, 1, 3}, {1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16}));
  CHECK(grid.picture().channels == 3);
  CHECK(grid.picture().bytes == Bytes{1, 2, 3, 11, 12, 13, 4, 5, 6, 14, 15, 16});
}

TEST_CASE("Data of one value give a black picture") {
  ImageGrid grid({1, 1, 1}, 1, 1, 2, 2);
  grid.add(0, tensor({1, 1, 1, 1}, {7}));
  CHECK(grid.picture().bytes == Bytes{0});
}

TEST_CASE("What is no picture is refused") {
  CHECK(error_text<SpecError>([] { ImageGrid({2}, 1, 1, 0, 1); }) ==
        "samples of shape [2] are no images [height, width, 1 or 3]. Write a .npy file.");
  CHECK(error_text<SpecError>([] {
          ImageGrid({4, 4, 2}, 1, 1, 0, 1);
        }) ==
        "samples of shape [4, 4, 2] are no images [height, width, 1 or 3]. Write a .npy file.");
  CHECK(error_text<SpecError>([] {
          ImageGrid({28, 28, 1}, 1000000, 1000, 0, 1);
        }) ==
        "a picture of 1000 x 1000 images has more than 67108864 pixels, or a side of more than "
        "1000000. Take fewer, or write a .npy file.");
  CHECK(error_text<SpecError>([] {
          ImageGrid({1, 2, 1}, 500001, 500001, 0, 1);
        }) ==
        "a picture of 1 x 500001 images has more than 67108864 pixels, or a side of more than "
        "1000000. Take fewer, or write a .npy file.");
}
