#include <saddle/base/error.hpp>
#include <saddle/info/ms_ssim.hpp>

#include "error_text.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

using namespace saddle;
using info::MsSsim;
using saddle::testing::error_text;

namespace {

using Image = std::vector<double>;

// Two images of one channel whose likeness numpy and scipy have measured.
Image stripes(std::size_t height, std::size_t width) {
  Image pixels;
  for (std::size_t y = 0; y < height; ++y)
    for (std::size_t x = 0; x < width; ++x)
      pixels.push_back(static_cast<double>((7 * x + 3 * y) % 16) / 15);
  return pixels;
}

Image blended(std::size_t height, std::size_t width) {
  Image pixels = stripes(height, width);
  for (std::size_t y = 0; y < height; ++y)
    for (std::size_t x = 0; x < width; ++x) {
      double& pixel = pixels[y * width + x];
      pixel = 0.7 * pixel + 0.3 * static_cast<double>((5 * x + 11 * y + x * y) % 13) / 12;
    }
  return pixels;
}

double compare(std::size_t height, std::size_t width, const Image& a, const Image& b,
               double range = 1) {
  return MsSsim(height, width, 1)(a.data(), b.data(), range);
}

Image constant(double value, std::size_t count = 28 * 28) { return Image(count, value); }

}  // namespace

TEST_CASE("Equal images have the similarity 1") {
  CHECK(compare(28, 28, stripes(28, 28), stripes(28, 28)) == Approx(1).epsilon(1e-14));
  CHECK(compare(28, 28, constant(0.3), constant(0.3)) == Approx(1).epsilon(1e-14));
  CHECK(compare(28, 28, constant(0), constant(0)) == 1);
}

TEST_CASE("Constant images differ in luminance alone, at the coarsest scale") {
  const double luminance = (2 * 0.2 * 0.8 + 1e-4) / (0.2 * 0.2 + 0.8 * 0.8 + 1e-4);
  CHECK(compare(28, 28, constant(0.2), constant(0.8)) ==
        Approx(std::pow(luminance, 0.2856 / (0.0448 + 0.2856))).epsilon(1e-10));
  CHECK(compare(11, 11, constant(0.2, 121), constant(0.8, 121)) ==
        Approx(luminance).epsilon(1e-10));
}

TEST_CASE("The similarity of two images is that of an independent computation") {
  // By scipy.signal.convolve2d with the window in two dimensions, mode "valid".
  CHECK(compare(28, 28, stripes(28, 28), blended(28, 28)) ==
        Approx(0.8398969820747064).epsilon(1e-10));
  CHECK(compare(23, 31, stripes(23, 31), blended(23, 31)) ==
        Approx(0.8044861988203643).epsilon(1e-10));
  CHECK(compare(176, 177, stripes(176, 177), blended(176, 177)) ==
        Approx(0.8515331004270226).epsilon(1e-10));
}

TEST_CASE("The similarity is symmetric and scales with the range") {
  Image a = stripes(28, 28), b = blended(28, 28);
  const double value = compare(28, 28, a, b);
  CHECK(compare(28, 28, b, a) == Approx(value).epsilon(1e-13));
  for (double& pixel : a) pixel *= 2;
  for (double& pixel : b) pixel *= 2;
  CHECK(compare(28, 28, a, b, 2) == Approx(value).epsilon(1e-13));
}

TEST_CASE("Opposite images have the similarity 0, not the root of a negative number") {
  const Image a = stripes(28, 28);
  Image opposite = a;
  for (double& pixel : opposite) pixel = 1 - pixel;
  CHECK(compare(28, 28, a, opposite) == 0);
}

TEST_CASE("Channels are compared apart and averaged") {
  const Image a = stripes(28, 28), b = blended(28, 28);
  Image two_a, two_b;
  for (std::size_t i = 0; i < a.size(); ++i) {
    two_a.insert(two_a.end(), {a[i], 0.4});
    two_b.insert(two_b.end(), {b[i], 0.4});
  }
  CHECK(MsSsim(28, 28, 2)(two_a.data(), two_b.data(), 1) ==
        Approx((compare(28, 28, a, b) + 1) / 2).epsilon(1e-13));
}

TEST_CASE("The mean over pairs takes each image once") {
  const Image a = stripes(28, 28), b = blended(28, 28);
  Matrix images(5, a.size());
  // Pairs (a, a) and (a, b); the last image has no partner.
  for (const std::size_t i : {0U, 1U, 2U}) std::copy(a.begin(), a.end(), images.row(i));
  std::copy(b.begin(), b.end(), images.row(3));
  CHECK(MsSsim(28, 28, 1).over_pairs(images, 1) ==
        Approx((1 + compare(28, 28, a, b)) / 2).epsilon(1e-13));
  CHECK(std::isnan(MsSsim(28, 28, 1).over_pairs(Matrix(1, 28 * 28), 1)));
}

TEST_CASE("As many scales are used as hold the window") {
  CHECK(MsSsim(11, 11, 1).weights() == std::vector<double>{1});
  CHECK(MsSsim(28, 28, 1).weights().size() == 2);
  CHECK(MsSsim(28, 28, 1).weights()[0] == Approx(0.0448 / 0.3304).epsilon(1e-14));
  CHECK(MsSsim(64, 64, 3).weights().size() == 3);
  CHECK(MsSsim(175, 500, 1).weights().size() == 4);
  CHECK(MsSsim(176, 176, 1).weights().size() == 5);
  CHECK(MsSsim(1000, 1000, 1).weights().size() == 5);
  CHECK(MsSsim(176, 176, 1).weights()[4] == Approx(0.1333 / 1.0001).epsilon(1e-14));
  CHECK(error_text<SpecError>([] { MsSsim(28, 10, 1); }) ==
        "images [28, 10, 1]: expected at least 11 rows and columns, which the window of the "
        "structural similarity takes.");
}

TEST_CASE("The similarity is NaN where it is not defined") {
  Image bad = stripes(28, 28);
  CHECK(std::isnan(compare(28, 28, bad, bad, 0)));
  CHECK(std::isnan(compare(28, 28, bad, bad, NAN)));
  bad[300] = NAN;
  CHECK(std::isnan(compare(28, 28, bad, stripes(28, 28))));
  CHECK(std::isnan(compare(28, 28, stripes(28, 28), bad)));
  bad[300] = INFINITY;
  CHECK(std::isnan(compare(28, 28, bad, stripes(28, 28))));
}
