#include <saddle/saddle.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <vector>

using namespace saddle;

namespace {

std::vector<double> elements(const Variable& x) { return {x.value().begin(), x.value().end()}; }

// One channel, one image.
Variable image(std::size_t height, std::size_t width, const std::vector<double>& numbers) {
  return Variable(tensor({1, height, width, 1}, numbers));
}

Variable window(std::size_t height, std::size_t width, const std::vector<double>& numbers) {
  return Variable(tensor({height, width, 1, 1}, numbers));
}

const Variable kNine = image(3, 3, {1, 2, 3, 4, 5, 6, 7, 8, 9});

using Numbers = std::vector<double>;

}  // namespace

TEST_CASE("A convolution multiplies windows by the weights, without flipping them") {
  const Variable w = window(2, 2, {1, 0, 0, 10});
  CHECK(elements(convolution(kNine, w, {})) == Numbers{51, 62, 84, 95});
  CHECK(elements(convolution(kNine, w, {2, 1})) == Numbers{10, 30, 70, 95});
}

TEST_CASE("Channels are summed with their own weights") {
  const Variable x(tensor({1, 1, 1, 2}, {2, 3}));
  const Variable w(tensor({1, 1, 2, 2}, {1, 10, 100, 1000}));
  CHECK(elements(convolution(x, w, {})) == Numbers{302, 3020});
  CHECK(elements(convolution_transposed(x, w, {}, {1, 1})) == Numbers{32, 3200});
  CHECK(elements(convolution_weights(x, x, {}, {1, 1})) == Numbers{4, 6, 6, 9});
}

TEST_CASE("A transposed convolution spreads each pixel by the weights") {
  const Variable y = image(2, 2, {1, 2, 3, 4}), w = window(2, 2, {1, 0, 0, 10});
  CHECK(elements(convolution_transposed(y, w, {}, {3, 3})) ==
        Numbers{1, 2, 0, 3, 14, 20, 0, 30, 40});
  // Stride 2 leaves the last row and column of images of 5 untouched, and a border is cut off.
  CHECK(elements(convolution_transposed(y, window(1, 1, {2}), {2, 0}, {4, 3})) ==
        Numbers{2, 0, 4, 0, 0, 0, 6, 0, 8, 0, 0, 0});
  CHECK(elements(convolution_transposed(y, w, {2, 1}, {2, 2})) == Numbers{10, 0, 0, 4});
}

TEST_CASE("Third derivatives of a convolution with its output exist and are right") {
  // f = sum(conv(x, w)^2) = w^2 sum(x^2): d/dx d/dw f = 4 w x, and once more by w, 4 x.
  const Variable x = Variable::leaf(image(1, 2, {3, 5}).value());
  const Variable w = Variable::leaf(window(1, 1, {2}).value());
  const Variable dw = grad(sum(square(convolution(x, w, {}))), {w}, {true})[0];
  const Variable dx = grad(sum(dw), {x}, {true})[0];
  CHECK(elements(dx) == Numbers{24, 40});
  CHECK(elements(grad(sum(dx), {w})[0]) == Numbers{32});
}

TEST_CASE("Pooling takes the mean or the largest of each window") {
  const Variable x = image(2, 4, {1, 2, 3, 4, 5, 6, 7, 12});
  CHECK(elements(average_pool(x, 2)) == Numbers{3.5, 6.5});
  CHECK(elements(max_pool(x, 2, {2, 0})) == Numbers{6, 12});
  CHECK(elements(max_pool(kNine, 3, {2, 1})) == Numbers{5, 6, 8, 9});
  // The border is never the largest.
  CHECK(elements(max_pool(-kNine, 2, {2, 1})) == Numbers{-1, -2, -4, -5});
}

TEST_CASE("The derivative of the largest number goes to the first of several, NaN is the largest") {
  const Variable x = Variable::leaf(tensor({1, 1, 4, 1}, {2, 2, 1, 2}));
  CHECK(elements(grad(sum(max_pool(x, 1, {1, 0})), {x})[0]) == Numbers{1, 1, 1, 1});
  const Variable tie = Variable::leaf(tensor({1, 2, 2, 1}, {1, 2, 2, 0}));
  CHECK(elements(grad(sum(max_pool(tie, 2, {2, 0})), {tie})[0]) == Numbers{0, 1, 0, 0});
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(std::isnan(max_pool(image(2, 2, {1, nan, 7, 9}), 2, {2, 0}).item()));
}

TEST_CASE("Upsampling repeats pixels or draws lines between their centres") {
  const Variable x = image(1, 2, {0, 4});
  CHECK(elements(upsample_nearest(x, 2)) == Numbers{0, 0, 4, 4, 0, 0, 4, 4});
  CHECK(elements(upsample_bilinear(x, 2)) == Numbers{0, 1, 3, 4, 0, 1, 3, 4});
  const Variable column = upsample_bilinear(image(2, 1, {0, 8}), 4);
  REQUIRE(column.shape() == Shape{1, 8, 4, 1});
  CHECK(elements(slice(column, 2, 3, 4)) == Numbers{0, 0, 1, 3, 5, 7, 8, 8});
}

TEST_CASE("A mismatch of images and weights names both") {
  const Variable x(zeros({2, 5, 5, 3})), w(zeros({4, 4, 2, 7})), y(zeros({2, 3, 3, 7}));
  CHECK_THROWS_WITH(convolution(x, w, {}),
                    "convolution: weights [4, 4, 2, 7] do not fit images [2, 5, 5, 3]");
  CHECK_THROWS_WITH(convolution(Variable(zeros({2, 5})), w, {}),
                    "convolution: expected images [n, height, width, channels], found [2, 5]");
  CHECK_THROWS_WITH(convolution(Variable(zeros({2, 3, 5, 2})), w, {2, 0}),
                    "convolution: no window of weights [4, 4, 2, 7] fits into images [2, 3, 5, 2] "
                    "(stride 2, padding 0)");
  CHECK_THROWS_WITH(convolution(x, w, {0, 0}), "convolution: the stride must be at least 1");
  CHECK_THROWS_WITH(convolution_transposed(y, w, {2, 1}, {5, 5}),
                    "convolution_transposed: windows [4, 4] over images [2, 5, 5, 2] (stride 2, "
                    "padding 1) give [2, 2, 2, 7], not [2, 3, 3, 7]");
  CHECK_THROWS_WITH(convolution_weights(x, y, {1, 0}, {4, 4}),
                    "convolution_weights: windows [4, 4] over images [2, 5, 5, 3] (stride 1, "
                    "padding 0) give [2, 2, 2, 7], not [2, 3, 3, 7]");
  const Variable fitting(zeros({2, 5, 5, 2}));
  CHECK_THROWS_WITH(convolution_leaky_relu(fitting, w, Variable(zeros({3})), 0.1, {}),
                    "convolution_leaky_relu: a bias [3] does not fit weights [4, 4, 2, 7]");
  CHECK_THROWS_WITH(convolution_leaky_relu(fitting, w, Variable(zeros({7})), -1, {}),
                    "convolution_leaky_relu: the slope must not be negative");
  CHECK_THROWS_AS(convolution(x, w, {}), PluginError);
}

TEST_CASE("A mismatch of images and windows names both") {
  const Variable x(zeros({2, 5, 4, 3}));
  CHECK_THROWS_WITH(average_pool(x, 2),
                    "average_pool: windows of 2 do not tile images [2, 5, 4, 3]");
  CHECK_THROWS_WITH(average_pool(x, 0), "average_pool: the window must be at least 1");
  CHECK_THROWS_WITH(max_pool(x, 6, {1, 0}),
                    "max_pool: no window of 6 fits into images [2, 5, 4, 3]");
  CHECK_THROWS_WITH(max_pool(x, 3, {1, 2}),
                    "max_pool: a padding of 2 is more than half a window of 3");
  CHECK_THROWS_WITH(upsample_nearest(Variable(zeros({3})), 2),
                    "upsample_nearest: expected images [n, height, width, channels], found [3]");
}
